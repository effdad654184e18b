namespace DialogueMesh.Scenario.Corpora;

/// <summary>Our names of the services that corpora name otherwise.</summary>
public static class ServiceNames
{
    public const string General = "general";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["restaurants"] = "restaurant",
        ["hotels"] = "hotel",
        ["buses"] = "bus",
        ["flights"] = "flight",
        ["trains"] = "train",
        ["ridesharing"] = "taxi",
        ["travel"] = "attraction",
        ["services_2"] = "dentist",
        ["services_3"] = "doctor",
    };

    /// <summary>"Restaurants_2" → "restaurant"; a service that is not ours keeps its lower-case stem: "RentalCars_1" → "rentalcars".</summary>
    public static string Of(string source)
    {
        var name = source.Trim().ToLowerInvariant();
        if (Known.TryGetValue(name, out var whole))
        {
            return whole;
        }

        var stem = Stem(name);
        return Known.GetValueOrDefault(stem, stem);
    }

    /// <summary>Whether a service's name has a number at its end, as Schema-Guided Dialogue's have.</summary>
    internal static bool IsNumbered(string source) => Stem(source).Length < source.Length;

    private static string Stem(string name)
    {
        var underscore = name.LastIndexOf('_');
        return underscore > 0 && underscore < name.Length - 1 && name.AsSpan(underscore + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? name[..underscore]
            : name;
    }
}
