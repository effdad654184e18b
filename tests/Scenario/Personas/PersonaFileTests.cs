using System.Text;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Personas;
using DialogueMesh.Tests.Scenario.Corpora;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Personas;

public sealed class PersonaFileTests : IDisposable
{
    private const string Lines = """
        {"id": "p1", "persona": "A nurse who \"runs\".", "embedding": [0.1, 0.2], "cluster_label": 3, "summary_label": "['Health', \"Children's books\"]"}
        {"id": 2, "persona": "  ", "cluster_label": 0, "summary_label": "['Noise']"}

        {"persona": "A pilot,\nretired.", "cluster_label": -1, "summary_label": ["Travel"]}
        """;

    private const string Csv = "id,embedding,persona,summary_label,cluster_label\r\n"
        + "p1,\"[0.1, 0.2]\",\"A nurse who \"\"runs\"\".\",\"['Health', \"\"Children's books\"\"]\",3.0\r\n"
        + "2,,,['Noise'],0\r\n"
        + "\r\n"
        + ",\"[\n]\",\"A pilot,\nretired.\",['Travel'],";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string> SameRows => new()
    {
        { "personas.jsonl", Lines },
        { "personas.csv", Csv },
        { "personas.txt", "\uFEFF" + Csv },
        { "personas.json", $"[{Lines.Replace("}\n", "},\n", StringComparison.Ordinal)}]" },
        { "page.json", $$"""{"features": [], "rows": [{{string.Join(",", Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((l, i) => $$"""{"row_idx": {{i}}, "row": {{l}}}"""))}}], "num_rows_total": 3}""" },
    };

    [Theory]
    [MemberData(nameof(SameRows))]
    public void Load_AnyFormat_ReadsTheSamePersonas(string name, string text)
    {
        var set = PersonaFile.Load(folder.Write(name, text));

        Assert.Equal(["p1|A nurse who \"runs\".|3|Health;Children's books", "row-3|A pilot,\nretired.|-1|Travel"], set.Personas.Select(Describe));
        Assert.Equal(1, set.Skipped);
        Assert.Equal(64, set.Sha256.Length);
    }

    [Fact]
    public void Load_OtherBytes_HasAnotherDigest() => Assert.NotEqual(
        PersonaFile.Load(folder.Write("a.jsonl", Lines)).Sha256, PersonaFile.Load(folder.Write("b.jsonl", Lines + " ")).Sha256);

    [Theory]
    [InlineData("p.jsonl", "", "p.jsonl is empty")]
    [InlineData("p.csv", "", "p.csv is empty")]
    [InlineData("p.csv", "id,persona\n", "has no persona")]
    [InlineData("p.jsonl", "{\"id\": \"a\"}", "has no persona")]
    [InlineData("p.csv", "id,text\n1,x", "p.csv, line 1: the header has no column 'persona'")]
    [InlineData("p.csv", "id,persona\n1,\"a\nb\"\n2,x,y\n", "p.csv, line 4: 3 fields where the header has 2")]
    [InlineData("p.csv", "id,persona\n1,a\n2,\"x\n\n", "p.csv, line 3: a quote is not closed")]
    [InlineData("p.csv", "id,persona\n1,a\"b\n", "p.csv, line 2: a quote inside a field without quotes")]
    [InlineData("p.csv", "id,persona\n1,\"a\"b\n", "p.csv, line 2: text follows a closing quote")]
    [InlineData("p.csv", "persona,cluster_label\na,1\nb,two\n", "p.csv, line 3: 'cluster_label' should be a whole number, but is two")]
    [InlineData("p.jsonl", "{\"persona\": \"a\"}\n{\"persona\": \"b\", \"summary_label\": \"['a\"}", "p.jsonl, line 2: 'summary_label' should be a list of texts")]
    [InlineData("p.jsonl", "{\"persona\": \"a\"}\n{\"persona\": [1]}", "p.jsonl, line 2: 'persona' should be a text, but is a list")]
    [InlineData("p.jsonl", "{\"persona\": \"a\"}\n{\"persona\" 1}", "p.jsonl, line 2, column 12: broken JSON")]
    [InlineData("p.jsonl", "[1]", "p.jsonl, line 1: 'row' should be an object with a 'persona', but is a number")]
    public void Load_BadFile_SaysFileAndLine(string name, string text, string expected)
    {
        var fault = Assert.Throws<InputException>(() => PersonaFile.Load(folder.Write(name, text)));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Load_MissingFile_SaysSo() => Assert.Contains(
        "does not exist", Assert.Throws<InputException>(() => PersonaFile.Load(Path.Combine(folder.Path, "none.csv"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_AnyFieldsWrittenAsCsv_ComeBack()
    {
        var text = Gen.ListOf(Gen.Elements('a', '"', ',', '\n', '\r', 'é', ' ', '\'')).Select(c => $"x{new string([.. c])}x");
        var rows = from first in text from rest in Gen.ListOf(text) select (string[])[first, .. rest];

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(rows.ToArbitrary(), personas =>
        {
            var csv = "persona\n" + string.Join("\r\n", personas.Select(p => $"\"{p.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

            Assert.Equal(personas, PersonaFile.Load(folder.Write("p.csv", csv)).Personas.Select(p => p.Description));
        }));
    }

    [Theory]
    [InlineData("p.csv")]
    [InlineData("p.jsonl")]
    [InlineData("p")]
    public void Load_AnyBytes_ReadsThemOrFaultsAsInput(string name)
    {
        var mutants =
            from source in Gen.Elements(Lines, Csv)
            from at in Gen.Choose(0, 300)
            from insert in ArbMap.Default.GeneratorFor<byte[]>()
            select (byte[])[.. Encoding.UTF8.GetBytes(source).Take(at), .. insert, .. Encoding.UTF8.GetBytes(source).Skip(at)];

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(mutants.ToArbitrary(), bytes =>
        {
            folder.Write(name, bytes);
            try
            {
                Assert.NotEmpty(PersonaFile.Load(Path.Combine(folder.Path, name)).Personas);
            }
            catch (InputException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }
        }));
    }

    [Theory]
    [InlineData("['Education', 'History']", "Education|History")]
    [InlineData("[\"it's\", 'say \"hi\"', 'a\\'b\\\\c\\u00e9\\U0001f95e']", "it's|say \"hi\"|a'b\\cé🥞")]
    [InlineData("[]", "")]
    [InlineData(" ['a',] ", "a")]
    [InlineData("None", "")]
    [InlineData("", "")]
    [InlineData("Education", "Education")]
    [InlineData("['a', 3]", null)]
    [InlineData("['a'", null)]
    [InlineData("['a' 'b']", null)]
    [InlineData("['a'] x", null)]
    [InlineData("['\\u12']", null)]
    [InlineData("['\\", null)]
    public void LabelList_OfPython_ReadsItsTexts(string text, string? expected)
    {
        var labels = LabelList.Parse(text);

        Assert.Equal(expected, labels is null ? null : string.Join('|', labels));
    }

    private static string Describe(Persona p) => $"{p.Id}|{p.Description}|{p.ClusterLabel}|{string.Join(';', p.SummaryLabels)}";
}
