using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>
/// A small platform that is the same in every run: sign-in durations by region, one value a minute, some of them
/// anomalous.
/// </summary>
/// <param name="daily">Height of the daily curve, as a share.</param>
internal sealed class MetricStream(int series, int seed, double daily = 0.3)
{
    /// <summary>A Monday, 00:00 UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Minutes of history before the first anomaly: detectors are warm.</summary>
    public const int Warm = (2 * 1440) + 60;

    /// <summary>Length of an anomaly.</summary>
    public const int AnomalyMinutes = 20;

    /// <summary>Minutes from the anomaly of one series to that of the next.</summary>
    public const int Apart = 40;

    public int Minutes => Warm + (series * Apart) + 60;

    public int Series => series;

    /// <summary>First anomalous minute of a series.</summary>
    public static int AnomalyStart(int number) => Warm + (number * Apart) + 10;

    public double Value(int number, int minute)
    {
        var curve = 1 + (daily * Math.Sin((minute % 1440) * 2 * Math.PI / 1440));
        var isAnomalous = minute >= AnomalyStart(number) && minute < AnomalyStart(number) + AnomalyMinutes;
        return 0.4 * curve * (0.95 + (0.1 * Noise(number, minute))) * (isAnomalous ? 4 : 1);
    }

    /// <summary>
    /// In [0, 1): a hash of the point, so that any part of the stream can be sent again and is the same.
    /// </summary>
    private double Noise(int number, int minute) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes<int>([seed, number, minute])) / (double)ulong.MaxValue;

    /// <summary>NDJSON of all series in [<paramref name="from"/>, <paramref name="to"/>) minutes.</summary>
    public string Lines(int from, int to)
    {
        var lines = new StringBuilder();
        for (var minute = from; minute < to; minute++)
        {
            for (var number = 0; number < series; number++)
            {
                // Each region is a service of its own, so that each anomalous stretch is an incident of its own.
                var timestamp = Start.AddMinutes(minute).ToUnixTimeMilliseconds();
                lines.Append(CultureInfo.InvariantCulture,
                    $$"""{"series":"sign_in_seconds","labels":{"region":"{{number}}","service":"s{{number}}"}""");
                lines.AppendLine(CultureInfo.InvariantCulture,
                    $$""","timestamp":{{timestamp}},"value":{{Value(number, minute):R}},"kind":"duration"}""");
            }
        }

        return lines.ToString();
    }

    /// <summary>Sends minutes in batches until each is acknowledged.</summary>
    public async Task SendAsync(
        HttpClient client, int from, int to, int minutesPerBatch, CancellationToken cancellationToken)
    {
        for (var minute = from; minute < to; minute += minutesPerBatch)
        {
            using var body = new StringContent(
                Lines(minute, Math.Min(to, minute + minutesPerBatch)), Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(
                new Uri("/api/v1/metrics", UriKind.Relative), body, cancellationToken);
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted,
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
