using System.CommandLine;
using System.CommandLine.Parsing;
using DialogueMesh.Contracts;
using DialogueMesh.Runs.Requests;

namespace DialogueMesh.Cli.Options;

/// <summary>
/// The verbs as System.CommandLine parses them. Every option takes any number of words here: how many and which it may have
/// is judged by <see cref="OptionValues"/>, whose messages name the option and what to do.
/// </summary>
internal static class CommandTree
{
    private static readonly string[] HelpNames = ["--help", "-h", "-?", "/?"];

    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static bool AsksForHelp(IReadOnlyList<string> args) => args.Any(HelpNames.Contains);

    /// <exception cref="InputException">There is no such verb.</exception>
    public static VerbSpec VerbOf(IReadOnlyList<string> args)
    {
        var names = string.Join(" or ", Verbs.All.Select(verb => verb.Name));
        if (args.Count == 0)
        {
            throw new InputException($"no command given: try 'dialoguemesh {Verbs.Generate.Examples[0]}', or --help");
        }

        if (args[0].StartsWith('-'))
        {
            throw new InputException($"the command comes first, before {NameIn(args[0])}: {names}, see --help");
        }

        return Verbs.All.FirstOrDefault(verb => verb.Name == args[0])
            ?? throw new InputException(
                Nearest.Guess(args[0], Verbs.All.Select(verb => verb.Name)) is { } guess
                    ? $"unknown command '{args[0]}': did you mean '{guess}'?"
                    : $"unknown command '{args[0]}': give {names}, see --help");
    }

    /// <exception cref="InputException">An option is unknown, or a word belongs to none.</exception>
    public static OptionValues Parse(VerbSpec verb, IReadOnlyList<string> args)
    {
        var words = args.Skip(1).ToList();
        CheckNames(verb, words);
        var options = verb.Options.ToDictionary(spec => spec, spec => Make(spec, takesRest: verb.Words is null));
        var named = new Argument<string[]>(verb.Words?.Name ?? "none") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(verb.Name);
        if (verb.Words is not null)
        {
            command.Add(named);
        }

        foreach (var option in options.Values)
        {
            command.Add(option);
        }

        var result = CommandLineParser.Parse(command, words, Configuration);
        if (result.UnmatchedTokens is [var stray, ..])
        {
            throw new InputException($"unexpected '{stray}': values follow the name of their option, as in {verb.Examples[0]}");
        }

        return result.Errors is [var error, ..]
            ? throw new InputException($"{error.Message.ReplaceLineEndings(" ")} See --help.")
            : new OptionValues(spec => spec == verb.Words ? result.GetResult(named) : options.TryGetValue(spec, out var option) ? result.GetResult(option) : null);
    }

    // The parser would take an unknown "--name" after a list as one more value of the list.
    private static void CheckNames(VerbSpec verb, List<string> words)
    {
        foreach (var word in words.Where(LooksLikeOption).Select(NameIn))
        {
            if (!verb.Options.Any(option => option.IsNamed(word)))
            {
                var guess = Nearest.Guess(word, verb.Options.Select(option => option.Long));
                throw new InputException(
                    $"unknown option {word} of {verb.Name}: " + (guess is null ? $"see {verb.Name} --help" : $"did you mean {guess}?"));
            }
        }
    }

    private static bool LooksLikeOption(string word) => word is ['-', not (>= '0' and <= '9' or '.'), ..];

    // What stands after "=" may be secret.
    private static string NameIn(string word) => word.Split('=', ':')[0];

    // Where words without a name may follow, an option takes only the next one.
    private static Option<string[]> Make(OptionSpec spec, bool takesRest)
    {
        string[] aliases = spec.Dashed == spec.Long ? [] : [spec.Dashed];
        return new Option<string[]>(spec.Long, aliases)
        {
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = takesRest && !spec.IsFlag,
        };
    }
}
