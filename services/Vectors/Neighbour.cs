namespace DialogueMesh.Vectors;

/// <summary>A vector of an index, by the number it was added under, and its cosine with the query.</summary>
public readonly record struct Neighbour(int Index, double Cosine);

/// <summary>Two vectors of an index, by number, and their cosine.</summary>
public readonly record struct NearPair(int Earlier, int Later, double Cosine);
