using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DialogueMesh.Contracts.Randomness;

/// <summary>
/// A random stream that depends on its key alone, on every machine and runtime: xoshiro256** (Blackman and Vigna, 2018)
/// seeded from the SHA-256 of the key. Not thread-safe.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0, s1, s2, s3;

    /// <param name="key">What the stream is for, most general part first, for example (seed, "scenario", ordinal, attempt).</param>
    public SeededRandom(params ReadOnlySpan<object> key)
    {
        var text = new StringBuilder();
        foreach (var part in key)
        {
            text.Append(Convert.ToString(part, System.Globalization.CultureInfo.InvariantCulture)).Append('\u001f');
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        s0 = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        s1 = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        s2 = BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]);
        s3 = BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]) | 1;
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusiveMax"/>); the bias, at most max/2⁶⁴, is of no consequence here.</summary>
    public int Next(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        return (int)Math.BigMul(NextUInt64(), (ulong)exclusiveMax, out _);
    }

    /// <summary>Uniform in [<paramref name="min"/>, <paramref name="inclusiveMax"/>].</summary>
    public int Between(int min, int inclusiveMax) => min + Next(inclusiveMax - min + 1);

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>An index drawn in proportion to <paramref name="weights"/> (non-negative, not all zero).</summary>
    public int PickWeighted(IReadOnlyList<double> weights)
    {
        var rest = NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
        {
            rest -= weights[i];
            if (rest < 0)
            {
                return i;
            }
        }

        return weights.Count - 1;
    }

    /// <summary>Fisher–Yates, in place.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
