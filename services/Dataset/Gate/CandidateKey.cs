namespace DialogueMesh.Dataset.Gate;

/// <summary>Which answer: the attempt at a cell.</summary>
internal readonly record struct CandidateKey(int Ordinal, int Attempt);
