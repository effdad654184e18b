using FsCheck;
using FsCheck.Fluent;

namespace DialogueMesh.Tests.Generation.Alignment;

/// <summary>Texts in which characters, code points and what a reader sees differ.</summary>
internal static class Texts
{
    private static readonly string[] Letters = ["a", "B", "é", "e\u0301", "ß", "İ", "ﬁ", "東", "к", "𝒜", "2", "8"];
    private static readonly string[] Others = [" ", " ", "'", "’", "“", "-", "‑", "\u00a0", ".", ",", ":", "€", "🥞", "👩‍👧", "🏔️"];

    public static Gen<string> Any() => Gen.ListOf(Gen.Elements(Letters.Concat(Others))).Select(string.Concat);

    /// <summary>Letters and digits only, the first one no mark.</summary>
    public static Gen<string> Word() => Gen.NonEmptyListOf(Gen.Elements(Letters)).Select(string.Concat);
}
