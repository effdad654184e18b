using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Cli.Options;

/// <summary>The words given to each option, read as what they should be. Every method throws <see cref="InputException"/>.</summary>
internal sealed class OptionValues(Func<OptionSpec, SymbolResult?> find)
{
    public bool Flag(OptionSpec spec) => find(spec) is { } given
        && (given.Tokens.Count == 0 || given.Tokens is [{ Value: "true" }]
            || (given.Tokens is [{ Value: "false" }]
                ? false
                : throw new InputException($"unexpected '{given.Tokens[0].Value}' after {spec.Long}, which takes no value")));

    public string? Text(OptionSpec spec) => Words(spec, 1) is [var word] ? word : null;

    /// <summary>Every word given, as it is.</summary>
    public IReadOnlyList<string> Texts(OptionSpec spec) => Words(spec, int.MaxValue);

    public int? Int(OptionSpec spec) => Number<int>(spec, NumberStyles.AllowLeadingSign, "a whole number");

    public long? Long(OptionSpec spec) => Number<long>(spec, NumberStyles.AllowLeadingSign, "a whole number");

    public double? Double(OptionSpec spec) => Number<double>(spec, NumberStyles.Float, "a number");

    public decimal? Decimal(OptionSpec spec) => Number<decimal>(spec, NumberStyles.Float, "a number");

    public IntRange? Range(OptionSpec spec) => List(spec) switch
    {
        [] => null,
        [var least, var greatest] => new IntRange(
            Parse<int>(spec, least, NumberStyles.AllowLeadingSign, "a whole number"),
            Parse<int>(spec, greatest, NumberStyles.AllowLeadingSign, "a whole number")),
        var words => throw new InputException($"{spec.Long} takes 2 values, not {words.Count}: give {spec.Long} {spec.Value}"),
    };

    /// <summary>Each value once, in the order given; null where the option is not given.</summary>
    public IReadOnlyList<double>? Doubles(OptionSpec spec) => List(spec) is { Count: > 0 } words
        ? [.. words.Select(word => Parse<double>(spec, word, NumberStyles.Float, "a number")).Distinct()]
        : null;

    /// <summary>Split at commas, without blanks around; empty where the option is not given.</summary>
    public IReadOnlyList<string> List(OptionSpec spec) =>
    [
        .. Words(spec, int.MaxValue)
            .SelectMany(word => word.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    public T? Choice<T>(OptionSpec spec)
        where T : struct, Enum =>
        Text(spec) is not { } word ? null
        : Enum.GetNames<T>().FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name)
        : throw new InputException(
            $"{spec.Long} '{word}' is unknown: give {string.Join(" or ", Enum.GetNames<T>().Select(known => known.ToLowerInvariant()))}");

    private List<string> Words(OptionSpec spec, int most)
    {
        if (find(spec) is not { } given || (given is ArgumentResult && given.Tokens.Count == 0))
        {
            return [];
        }

        var words = given.Tokens.Select(token => token.Value.Trim()).ToList();
        return words.Count == 0 || words.All(word => word.Trim(',').Length == 0)
            ? throw new InputException($"{spec.Long} needs a value: give {spec.Long} {spec.Value}")
            : words.Count > most
                ? throw new InputException($"{spec.Long} takes one value, not {words.Count} ({Shown(words)}): give it once")
                : words;
    }

    private T? Number<T>(OptionSpec spec, NumberStyles styles, string kind)
        where T : struct, INumber<T> =>
        Text(spec) is { } word ? Parse<T>(spec, word, styles, kind) : null;

    private static T Parse<T>(OptionSpec spec, string word, NumberStyles styles, string kind)
        where T : struct, INumber<T> =>
        T.TryParse(word, styles, CultureInfo.InvariantCulture, out var value) ? value
        : styles == NumberStyles.AllowLeadingSign && BigInteger.TryParse(word, styles, CultureInfo.InvariantCulture, out _)
            ? throw new InputException($"{spec.Long} {word} is more than can be counted: give a smaller number")
        : throw new InputException($"{spec.Long} '{word}' is not {kind}: give {spec.Long} {spec.Value}");

    private static string Shown(List<string> words) => string.Join(", ", words.Select(word => $"'{word}'"));
}
