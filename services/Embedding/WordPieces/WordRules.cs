namespace DialogueMesh.Embedding.WordPieces;

/// <summary>How text becomes words: the settings of BERT's normaliser, as tokenizer.json and tokenizer_config.json name them.</summary>
/// <param name="CleanText">Drop control characters, and take every white space for a blank.</param>
/// <param name="SplitIdeographs">Each CJK ideograph is a word.</param>
/// <param name="StripAccents">As the reference does it: canonical decomposition, less the marks that take no space.</param>
internal sealed record WordRules(bool Lowercase = true, bool StripAccents = true, bool SplitIdeographs = true, bool CleanText = true);
