using System.Text;

namespace DialogueMesh.Cli.Options;

/// <summary>What --help prints.</summary>
internal static class HelpText
{
    private const string Program = "dialoguemesh";
    private const int Width = 100;
    private const int TextColumn = 32;

    private const string ExitCodes = """
        Exit codes
          0  complete: N accepted dialogues
          1  incomplete, or stopped by a fault; --resume goes on
          2  bad input; nothing was written
          130  interrupted; --resume goes on
        """;

    /// <summary>The help of the whole command: its verbs, then all about generate.</summary>
    public static string All()
    {
        var text = new StringBuilder();
        text.Append($"{Program}: datasets of task-oriented dialogues from seed corpora, personas and a language model\n\n");
        text.Append("Commands\n");
        foreach (var verb in Verbs.All)
        {
            Entry(text, verb.Name, verb.Text);
        }

        return text.Append('\n').Append(Of(Verbs.Generate)).ToString();
    }

    public static string Of(VerbSpec verb)
    {
        var text = new StringBuilder();
        text.Append($"{verb.Text}\n\nUsage: {Program} {verb.Usage}\n");
        text.Append("Options may be written with dashes (--dry-run) instead of underscores (--dry_run).\n");
        if (verb.Words is { } words)
        {
            text.Append('\n');
            Entry(text, words.Value, words.Text);
        }

        foreach (var group in verb.Groups)
        {
            text.Append($"\n{group.Heading}\n");
            foreach (var option in group.Options)
            {
                Entry(text, option.IsFlag ? option.Long : $"{option.Long} {option.Value}", option.Text);
            }
        }

        if (verb == Verbs.Generate)
        {
            text.Append(
                "\nThe key is read from OPENAI_API_KEY or OPENAI_KEY (for Azure, AZURE_OPENAI_API_KEY): in the\n"
                + "environment, in .env.local of the working directory, or in the user secrets. With a key or\n"
                + $"--endpoint the simulator is never used.\n\n{ExitCodes}\n");
        }

        text.Append("\nExamples\n");
        foreach (var example in verb.Examples)
        {
            text.Append($"  {Program} {example}\n");
        }

        return text.ToString();
    }

    private static void Entry(StringBuilder text, string head, string body)
    {
        var column = 2 + head.Length;
        text.Append("  ").Append(head);
        if (column + 2 > TextColumn)
        {
            text.Append('\n');
            column = 0;
        }

        text.Append(' ', TextColumn - column);
        column = TextColumn;
        foreach (var word in body.Split(' '))
        {
            if (column + word.Length > Width)
            {
                text.Length--;
                text.Append('\n').Append(' ', TextColumn);
                column = TextColumn;
            }

            text.Append(word).Append(' ');
            column += word.Length + 1;
        }

        text.Length--;
        text.Append('\n');
    }
}
