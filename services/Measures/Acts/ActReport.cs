using DialogueMesh.Measures.Diversity;

namespace DialogueMesh.Measures.Acts;

/// <summary>Which sets of acts the assistant answers which sets of the user with.</summary>
/// <param name="Pairs">User utterances with acts, answered by one with acts.</param>
/// <param name="Distribution">Each as "INFORM+INFORM_INTENT → REQUEST", the commonest first.</param>
public sealed record ActReport(int Pairs, IReadOnlyList<Frequency> Distribution);
