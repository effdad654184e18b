using System.Runtime.InteropServices;
using System.Text;
using DialogueMesh.Vectors;

namespace DialogueMesh.Benchmarks.Search;

/// <summary>Float32 matrices for numpy.load (NEP 1, version 1.0).</summary>
internal static class NumpyFiles
{
    public static void Write(string path, ExactIndex index, int count)
    {
        using var file = File.Create(path);
        WriteHeader(file, count, index[0].Length);
        for (var row = 0; row < count; row++)
        {
            file.Write(MemoryMarshal.AsBytes(index[row]));
        }
    }

    public static void Write(string path, float[] numbers, int dimension)
    {
        using var file = File.Create(path);
        WriteHeader(file, numbers.Length / dimension, dimension);
        file.Write(MemoryMarshal.AsBytes<float>(numbers));
    }

    private static void WriteHeader(Stream file, int rows, int dimension)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {dimension}), }}".PadRight(117) + "\n";
        file.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0]);
        file.Write(Encoding.ASCII.GetBytes(header));
    }
}
