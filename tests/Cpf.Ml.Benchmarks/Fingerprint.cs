using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cpf.Ml.Benchmarks;

/// <summary>
/// <c>fingerprint</c>: a hash of everything that is said of a fixed stream and of the states after it. A change that is
/// to make the kernel faster, and nothing else, leaves it as it is.
/// </summary>
internal static class Fingerprint
{
    private const int Series = 8;
    private const int Count = 43_200;

    public static void Run()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> said = stackalloc byte[8 * sizeof(double)];
        for (var series = 0; series < Series; series++)
        {
            var monitor = Stream.Watch(series);
            foreach (var point in Stream.Points(series, Count))
            {
                monitor.Step(point, Stream.Budget, out var a);
                double[] values =
                    [a.Expected, a.Lower99, a.Upper99, a.Lower999, a.Upper999, a.Evidence, a.PValue, a.Onset];
                MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(said);
                hash.AppendData(said);
            }

            var state = new ArrayBufferWriter<byte>();
            monitor.Detector.Snapshot(state);
            monitor.Rule.Snapshot(state);
            hash.AppendData(state.WrittenSpan);
        }

        Console.WriteLine(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
