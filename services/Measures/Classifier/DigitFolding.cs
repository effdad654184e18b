using DialogueMesh.Measures.Words;

namespace DialogueMesh.Measures.Classifier;

/// <summary>Replaces each digit of a word by 0: which numbers a corpus has is not how it speaks.</summary>
internal sealed class DigitFolding(Vocabulary vocabulary)
{
    private readonly Dictionary<int, int> folded = [];

    public int[] Apply(int[] words) => Array.ConvertAll(words, Apply);

    private int Apply(int word)
    {
        if (!folded.TryGetValue(word, out var other))
        {
            other = vocabulary.IdOf(string.Concat(vocabulary[word].Select(c => char.IsDigit(c) ? '0' : c)));
            folded.Add(word, other);
        }

        return other;
    }
}
