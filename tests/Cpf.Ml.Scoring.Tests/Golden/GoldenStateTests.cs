using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Tests.Golden;

/// <summary>
/// A state of this version continues with exactly the scores that were written with it; one of an older version with
/// the same assessment of the next point and the same alerts.
/// </summary>
/// <remarks>
/// <para>
/// <c>series-detector.vN.txt</c>: the first line is the state of detector and rule in base64, deflated; each further
/// line the assessment of one of the next points.
/// </para>
/// <para>
/// A new version of the state gets a file of its own: raise the version in the detector, let it read the older one, add
/// the number to <see cref="Versions"/>, and write the file once with the number in <c>CPFML_WRITE_GOLDEN</c> and this
/// class run. Files of released versions are never written again nor deleted.
/// </para>
/// </remarks>
public sealed class GoldenStateTests
{
    private const int Past = 3000;
    private const int Future = 200;
    private const double Budget = 1e-5;
    private const int Current = 6;
    private static readonly SeriesDetectorOptions Options = new()
    {
        Kind = MetricKind.Duration,
        Zone = "Europe/Paris",
        FrenchHolidays = true,
    };

    public static TheoryData<int> Versions { get; } = [1, 2, 3, 4, 5, Current];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Golden_states_of_every_version_continue_with_their_scores(int version)
    {
        var file = PathOf(version);
        if (Environment.GetEnvironmentVariable("CPFML_WRITE_GOLDEN") == version.ToString(CultureInfo.InvariantCulture))
        {
            File.WriteAllLines(file, Written());
        }

        var lines = File.ReadAllLines(file);
        using var state = new MemoryStream();
        using (var inflate = new DeflateStream(
            new MemoryStream(Convert.FromBase64String(lines[0])), CompressionMode.Decompress))
        {
            inflate.CopyTo(state);
        }

        var bytes = state.ToArray();
        var detectorLength = BitConverter.ToInt32(bytes);
        var monitor = new SeriesMonitor(
            SeriesDetector.Restore(Options, bytes.AsSpan(4, detectorLength)),
            AlertRule.Restore(new AlertRuleOptions(), bytes.AsSpan(4 + detectorLength)));

        Assert.Equal(Future, lines.Length - 1);
        var actual = Continue(monitor);
        if (version == Current)
        {
            Assert.Equal(lines[1..], actual);
            return;
        }

        // What a point is judged by was read in full; what is learnt from it may be another thing by now.
        Assert.Equal(
            lines[1].Split(' ')[..^2].Select(Number),
            actual[0].Split(' ')[..^2].Select(Number),
            (one, other) => Math.Abs(one - other) <= 1e-6);
        Assert.Equal(lines[1..].Select(LastWord), actual.Select(LastWord));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string LastWord(string line) => line[line.LastIndexOf(' ')..];

    private static List<string> Written()
    {
        var monitor = new SeriesMonitor(Options with { Important = true }, new AlertRuleOptions());
        foreach (var point in Points().Take(Past))
        {
            monitor.Step(point, Budget, out _);
        }

        var (detector, rule) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        monitor.Detector.Snapshot(detector);
        monitor.Rule.Snapshot(rule);
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.SmallestSize))
        {
            deflate.Write(BitConverter.GetBytes(detector.WrittenCount));
            deflate.Write(detector.WrittenSpan);
            deflate.Write(rule.WrittenSpan);
        }

        return [Convert.ToBase64String(output.ToArray()), .. Continue(monitor)];
    }

    private static List<string> Continue(SeriesMonitor monitor) => [.. Points().Skip(Past).Select(point =>
    {
        var transition = monitor.Step(point, Budget, out var a);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{a.Expected:R} {a.Lower99:R} {a.Upper999:R} {a.Evidence:R} {a.PValue:R} {a.Onset:R} "
                + $"{a.Score.Percent:F2} {transition}");
    })];

    /// <summary>
    /// Five-minute durations with a daily season; an incident begins just before the state is written and ends after
    /// it.
    /// </summary>
    private static IEnumerable<Observation> Points()
    {
        var random = new Random(2026);
        for (var i = 0; i < Past + Future; i++)
        {
            // Sums of uniform numbers and rational curves: the same bits on every machine, which sines need not be.
            var noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
            var hour = i % 288 / 288.0;
            var incident = i is >= Past - 6 and < Past + 30 ? 2 : 1;
            yield return new Observation(
                1_793_000_000_000 + (i * 300_000L),
                i % 500 == 499 ? double.NaN : incident * (0.2 + (hour * (1 - hour)) + (0.02 * noise)));
        }
    }

    private static string PathOf(int version) =>
        Repository.In($"tests/Cpf.Ml.Scoring.Tests/Golden/series-detector.v{version}.txt");
}
