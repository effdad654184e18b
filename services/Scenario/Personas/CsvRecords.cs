using System.Text;
using DialogueMesh.Contracts;

namespace DialogueMesh.Scenario.Personas;

/// <summary>Records of a CSV file as RFC 4180 has them: fields in quotes may hold commas, line breaks and doubled quotes.</summary>
internal sealed class CsvRecords(TextReader reader, string file)
{
    private readonly StringBuilder field = new();
    private int nextLine = 1;

    /// <summary>The line, from 1, on which the last record starts.</summary>
    public int Line { get; private set; }

    /// <summary>The next record; null at the end. Blank lines are passed over.</summary>
    /// <exception cref="InputException">A quote where none may be, or one that is not closed.</exception>
    public IReadOnlyList<string>? Read()
    {
        while (reader.Peek() >= 0)
        {
            Line = nextLine;
            var fields = ReadRecord();
            if (fields is not [""])
            {
                return fields;
            }
        }

        return null;
    }

    private List<string> ReadRecord()
    {
        var fields = new List<string>();
        while (true)
        {
            field.Clear();
            if (reader.Peek() == '"')
            {
                reader.Read();
                ReadQuoted();
            }
            else
            {
                ReadPlain();
            }

            fields.Add(field.ToString());
            if (reader.Peek() != ',')
            {
                EndLine();
                return fields;
            }

            reader.Read();
        }
    }

    private void ReadQuoted()
    {
        while (true)
        {
            switch (reader.Read())
            {
                case -1:
                    throw Fault("a quote is not closed");
                case '"' when reader.Peek() != '"':
                    if (reader.Peek() is not (-1 or ',' or '\r' or '\n'))
                    {
                        throw Fault("text follows a closing quote; double the quotes inside a field");
                    }

                    return;
                case '"':
                    reader.Read();
                    field.Append('"');
                    break;
                case var c:
                    nextLine += c == '\n' ? 1 : 0;
                    field.Append((char)c);
                    break;
            }
        }
    }

    private void ReadPlain()
    {
        while (reader.Peek() is not (-1 or ',' or '\r' or '\n'))
        {
            var c = (char)reader.Read();
            if (c == '"')
            {
                throw Fault("a quote inside a field without quotes; put the field in quotes and double those inside");
            }

            field.Append(c);
        }
    }

    private void EndLine()
    {
        if (reader.Peek() == '\r')
        {
            reader.Read();
        }

        if (reader.Peek() == '\n')
        {
            reader.Read();
        }

        nextLine++;
    }

    private InputException Fault(string what) => new($"{file}, line {Line}: {what}. Correct the record that starts there.");
}
