namespace DialogueMesh.Measures.Overlap;

/// <summary>What a corpus has word for word in common with another.</summary>
/// <param name="Found">Its 8-grams, counted where they occur, that the other has too.</param>
/// <param name="All">All its 8-grams.</param>
/// <param name="Share">The one by the other; 0 where there are none.</param>
/// <param name="LongestRun">Words of the longest run that both have.</param>
/// <param name="LongestText">That run, the first in the corpus' order.</param>
public sealed record OverlapReport(int Found, int All, double Share, int LongestRun, string LongestText);
