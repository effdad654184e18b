namespace DialogueMesh.Vectors.Prefilter;

/// <summary>A vector as scale · codes, and lengths that bound what the codes leave out; each length is rounded up.</summary>
/// <param name="Scale">Of the codes: a number is about scale · code.</param>
/// <param name="Error">|v − scale · codes|.</param>
/// <param name="HeadError">The same over the head alone.</param>
/// <param name="TailLength">|tail of v|.</param>
internal readonly record struct Quantised(float Scale, float Error, float HeadError, float TailLength)
{
    private const int MaxCode = 127;

    /// <summary>Writes a code from −127 to 127 for each number; what <paramref name="codes"/> has beyond them becomes 0.</summary>
    public static Quantised Of(ReadOnlySpan<float> vector, int head, Span<sbyte> codes)
    {
        var largest = 0f;
        foreach (var number in vector)
        {
            largest = Math.Max(largest, Math.Abs(number));
        }

        var scale = largest / MaxCode;
        codes.Clear();
        double headError = 0, tailError = 0, tail = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            var code = scale > 0 ? (sbyte)Math.Clamp(MathF.Round(vector[i] / scale), -MaxCode, MaxCode) : (sbyte)0;
            codes[i] = code;
            var error = vector[i] - ((double)scale * code);
            if (i < head)
            {
                headError += error * error;
            }
            else
            {
                tailError += error * error;
                tail += (double)vector[i] * vector[i];
            }
        }

        return new Quantised(scale, Above(Math.Sqrt(headError + tailError)), Above(Math.Sqrt(headError)), Above(Math.Sqrt(tail)));
    }

    private static float Above(double length) => MathF.BitIncrement((float)length);
}
