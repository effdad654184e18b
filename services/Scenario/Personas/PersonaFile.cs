using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Scenario.Personas;

/// <summary>
/// Reads personas with FinePersonas' columns (id, persona, cluster_label, summary_label) from CSV, JSON lines, a JSON list, or
/// pages of the Hugging Face hub's rows API. Other columns, embeddings above all, are passed over and never kept.
/// </summary>
public static class PersonaFile
{
    private const string Columns = "'id', 'persona', 'cluster_label', 'summary_label'";

    /// <exception cref="InputException">The file is missing, broken or has no persona; says the line.</exception>
    public static PersonaSet Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"The persona file {path} does not exist. Name a JSONL or CSV file with the columns {Columns}.");
        }

        var rows = new PersonaRows(path);
        using var stream = CorpusFiles.Open(path);
        if (IsCsv(path, stream))
        {
            ReadCsv(stream, path, rows);
        }
        else
        {
            ReadJson(stream, path, rows);
        }

        if (rows.Personas.Count == 0)
        {
            throw new InputException($"The persona file {path} has no persona. It should have rows with the columns {Columns}, 'persona' not empty.");
        }

        using var again = CorpusFiles.Open(path);
        return new PersonaSet(rows.Personas, Convert.ToHexStringLower(SHA256.HashData(again)), rows.Skipped);
    }

    private static bool IsCsv(string path, Stream stream)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                return true;
            case ".json" or ".jsonl" or ".ndjson":
                return false;
            default:
                int first;
                do
                {
                    first = stream.ReadByte();
                }
                while (first is 0xEF or 0xBB or 0xBF or ' ' or '\t' or '\r' or '\n');

                stream.Position = 0;
                return first is not ('{' or '[');
        }
    }

    private static void ReadCsv(Stream stream, string path, PersonaRows rows)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, 1 << 16);
        var records = new CsvRecords(reader, path);
        try
        {
            if (reader.Peek() == '\uFEFF')
            {
                reader.Read();
            }

            if (records.Read() is not { } header)
            {
                throw new InputException($"The persona file {path} is empty. Give a header line with the columns {Columns}, and a row for each persona.");
            }

            var columns = CsvColumns.Of(header, path, records.Line);
            while (records.Read() is { } fields)
            {
                if (fields.Count != header.Count)
                {
                    throw rows.Fault(records.Line, $"{fields.Count} fields where the header has {header.Count}");
                }

                rows.Add(records.Line, columns.Pick(fields));
            }
        }
        catch (DecoderFallbackException fault)
        {
            throw new InputException($"{path}: not UTF-8 text in or after line {records.Line}. Save the file as UTF-8.", fault);
        }
    }

    private static void ReadJson(Stream stream, string path, PersonaRows rows)
    {
        var place = new JsonPlace(path);
        JsonRecords.Read(stream, path, (record, line) =>
        {
            place.Line = line;
            var node = new JsonField(record, "row", place);
            if (!node.IsObject)
            {
                throw node.Fault("an object with a 'persona'");
            }

            if (node["rows"].IsMissing)
            {
                rows.Add(line, Pick(node));
                return;
            }

            foreach (var row in node["rows"].Items())
            {
                rows.Add(line, Pick(row["row"]));
            }
        });
    }

    private static PersonaRow Pick(JsonField row)
    {
        var label = row["summary_label"];
        return new PersonaRow(
            row["id"].Text(), row["persona"].Text(), row["cluster_label"].Text(), label.IsArray ? null : label.Text(), label.IsArray ? label.Names() : null);
    }

    /// <summary>Where the columns stand in a CSV file; -1 for one that it lacks.</summary>
    private sealed record CsvColumns(int Id, int Persona, int Cluster, int Label)
    {
        public static CsvColumns Of(IReadOnlyList<string> header, string path, int line)
        {
            var names = header.Select(h => h.Trim().ToLowerInvariant()).ToList();
            return names.Contains("persona")
                ? new CsvColumns(names.IndexOf("id"), names.IndexOf("persona"), names.IndexOf("cluster_label"), names.IndexOf("summary_label"))
                : throw new InputException($"{path}, line {line}: the header has no column 'persona'. The first line should name the columns {Columns}.");
        }

        public PersonaRow Pick(IReadOnlyList<string> fields)
        {
            string? At(int column) => column < 0 ? null : fields[column];
            return new PersonaRow(At(Id), At(Persona), At(Cluster), At(Label), null);
        }
    }

    private sealed record PersonaRow(string? Id, string? Text, string? Cluster, string? Label, IReadOnlyList<string>? Labels);

    private sealed class PersonaRows(string path)
    {
        private int count;

        public List<Persona> Personas { get; } = [];

        public int Skipped { get; private set; }

        public void Add(int line, PersonaRow row)
        {
            count++;
            if (string.IsNullOrWhiteSpace(row.Text))
            {
                Skipped++;
                return;
            }

            Personas.Add(new Persona
            {
                Id = string.IsNullOrWhiteSpace(row.Id) ? $"row-{count}" : row.Id.Trim(),
                Description = row.Text.Trim(),
                ClusterLabel = ParseCluster(line, row.Cluster),
                SummaryLabels = row.Labels ?? LabelList.Parse(row.Label ?? "")
                    ?? throw Fault(line, $"'summary_label' should be a list of texts such as ['Education', 'History'], but is {Shorten(row.Label!)}"),
            });
        }

        public InputException Fault(int line, string what) => new($"{path}, line {line}: {what}. Correct the row, or take it out.");

        /// <summary>Tables with gaps write whole numbers as "3.0".</summary>
        private int ParseCluster(int line, string? text)
        {
            var trimmed = text?.Trim();
            if (string.IsNullOrEmpty(trimmed) || trimmed is "nan" or "NaN" or "None")
            {
                return -1;
            }

            var isNumber = double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            return isNumber && value == Math.Truncate(value) && value is >= int.MinValue and <= int.MaxValue
                ? (int)value
                : throw Fault(line, $"'cluster_label' should be a whole number, but is {Shorten(trimmed)}");
        }

        private static string Shorten(string text)
        {
            var line = text.ReplaceLineEndings(" ");
            return line.Length <= 40 ? line : $"{line[..40]}…";
        }
    }
}
