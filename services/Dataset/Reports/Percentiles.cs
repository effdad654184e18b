namespace DialogueMesh.Dataset.Reports;

/// <summary>Milliseconds by nearest rank: the smallest value that at least p of 100 do not exceed.</summary>
internal sealed record Percentiles(double P50, double P95, double P99)
{
    public static Percentiles Of(IReadOnlyCollection<float> values)
    {
        var sorted = values.Order().ToArray();
        return new Percentiles(At(sorted, 50), At(sorted, 95), At(sorted, 99));
    }

    private static double At(float[] sorted, int percent) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[((((long)sorted.Length * percent) + 99) / 100) - 1], 3);
}
