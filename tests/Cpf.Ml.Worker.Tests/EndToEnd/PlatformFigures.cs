using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>
/// What two operations of a platform measure second by second: the same for the same second, in the past and now.
/// </summary>
internal static class PlatformFigures
{
    private static readonly (string Name, string Service, string Operation, double Usual)[] Series =
    [
        ("operation_duration_seconds", "identite", "connexion", 0.4),
        ("operation_duration_seconds", "formation", "achat", 1.2),
        ("operations_per_minute", "identite", "connexion", 900),
        ("operations_per_minute", "formation", "achat", 240),
    ];

    /// <param name="second">Unix seconds.</param>
    /// <param name="signIn">Factor on the typical duration of a sign-in.</param>
    /// <param name="purchases">Factor on the typical number of purchases.</param>
    /// <param name="timed">Writes the second to each sample, as history needs it.</param>
    public static string Exposition(
        IEnumerable<long> second, double signIn = 1, double purchases = 1, bool timed = false)
    {
        var seconds = second.ToList();
        var text = new StringBuilder();
        foreach (var family in Series.GroupBy(series => series.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} gauge\n");
            foreach (var (name, service, operation, usual) in family)
            {
                var fault = name == "operation_duration_seconds" && operation == "connexion" ? signIn
                    : name == "operations_per_minute" && operation == "achat" ? purchases
                    : 1;
                foreach (var at in seconds)
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"{name}{{service=\"{service}\",operation=\"{operation}\"}} "
                            + $"{usual * fault * (1 + (0.05 * Noise(at, usual))):R}{(timed ? $" {at}" : "")}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// History in the form that promtool reads, a sample every <paramref name="step"/> seconds in [from, to).
    /// </summary>
    public static string History(long from, long to, int step) =>
        Exposition(Enumerable.Range(0, (int)((to - from) / step)).Select(i => from + (i * (long)step)), timed: true)
            + "# EOF\n";

    /// <summary>Sum of three even numbers of [−1, 1).</summary>
    private static double Noise(long second, double usual)
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<long>([second, BitConverter.DoubleToInt64Bits(usual)]));
        return ((((hash & 0xFFFF) + ((hash >> 16) & 0xFFFF) + ((hash >> 32) & 0xFFFF)) / 65_536.0) * 2) - 3;
    }
}
