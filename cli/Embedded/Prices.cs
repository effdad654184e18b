using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Cli.Embedded;

/// <summary>What the run's model costs, by the table that the user names or the one that comes with the program.</summary>
internal static class Prices
{
    public static string File(GenerateSettings settings) => settings.Prices ?? Path.Combine(ShippedData.Folder, "prices.json");

    /// <returns>Null where the table has no price for the model.</returns>
    /// <exception cref="InputException">The table cannot be read, or a cost limit is given and there is no price to count with.</exception>
    public static ModelPrice? Find(GenerateSettings settings, RunSpec spec)
    {
        var file = File(settings);
        var price = Load(file).Find(spec.Endpoint, spec.Model);
        return price is null && settings.MaxCost is not null
            ? throw new InputException(
                $"{Verbs.MaxCost.Long} cannot be kept: {file} has no price for {spec.Model}; add one to a copy of it and give {Verbs.Prices.Long} FILE")
            : price;
    }

    private static PriceTable Load(string file)
    {
        try
        {
            return PriceTable.Load(file);
        }
        catch (InvalidDataException fault)
        {
            throw new InputException($"{fault.Message}; {Verbs.Prices.Long} needs a table like data/prices.json", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }
}
