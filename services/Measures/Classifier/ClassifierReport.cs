namespace DialogueMesh.Measures.Classifier;

/// <summary>
/// How well a classifier tells two corpora apart: areas under the curve, from 0.5 for not at all to 1 for always. Null where too
/// few have such utterances.
/// </summary>
/// <param name="DialoguesEach">Drawn of each corpus.</param>
/// <param name="UserUtterances">Told by one user utterance.</param>
/// <param name="SystemUtterances">Told by one utterance of the assistant.</param>
/// <param name="Dialogues">Told by a whole dialogue.</param>
public sealed record ClassifierReport(int DialoguesEach, double? UserUtterances, double? SystemUtterances, double? Dialogues);
