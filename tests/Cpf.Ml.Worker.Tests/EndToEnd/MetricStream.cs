using System.Globalization;
using System.Net;
using System.Text;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>A small platform that is the same in every run: sign-in durations by region, one value a minute, some of them strange.</summary>
internal sealed class MetricStream(int series, int seed)
{
    /// <summary>A Monday, 00:00 UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Minutes of history before the first strange one: detectors are warm.</summary>
    public const int Warm = 2 * 1440;

    /// <summary>How long a strange time lasts.</summary>
    public const int Strange = 20;

    /// <summary>Minutes from one series' strange time to the next one's.</summary>
    public const int Apart = 40;

    public int Minutes => Warm + (series * Apart) + 60;

    public int Series => series;

    public static string Name(int number) => $"sign_in_seconds{{region=\"{number}\"}}";

    /// <summary>First strange minute of a series.</summary>
    public static int StrangeFrom(int number) => Warm + (number * Apart) + 10;

    public double Value(int number, int minute)
    {
        // A generator for each point: any part of the stream can be sent again and is the same.
        var random = new Random(unchecked((seed * 1_000_003) + (number * 10_007) + minute));
        var daily = 1 + (0.3 * Math.Sin((minute % 1440) * 2 * Math.PI / 1440));
        var strange = minute >= StrangeFrom(number) && minute < StrangeFrom(number) + Strange;
        return 0.4 * daily * (0.95 + (0.1 * random.NextDouble())) * (strange ? 4 : 1);
    }

    /// <summary>NDJSON of all series in [<paramref name="from"/>, <paramref name="to"/>) minutes.</summary>
    public string Lines(int from, int to)
    {
        var lines = new StringBuilder();
        for (var minute = from; minute < to; minute++)
        {
            for (var number = 0; number < series; number++)
            {
                // Each region is a service of its own, so that each strange time is an incident of its own.
                lines.AppendLine(CultureInfo.InvariantCulture, $$"""
                    {"series":"sign_in_seconds","labels":{"region":"{{number}}","service":"s{{number}}"},"timestamp":{{Start.AddMinutes(minute).ToUnixTimeMilliseconds()}},"value":{{Value(number, minute):R}},"kind":"duration"}
                    """);
            }
        }

        return lines.ToString();
    }

    /// <summary>Sends minutes in batches until each is acknowledged.</summary>
    public async Task SendAsync(HttpClient client, int from, int to, int minutesPerBatch, CancellationToken cancellationToken)
    {
        for (var minute = from; minute < to; minute += minutesPerBatch)
        {
            using var body = new StringContent(Lines(minute, Math.Min(to, minute + minutesPerBatch)), Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(new Uri("/api/v1/metrics", UriKind.Relative), body, cancellationToken);
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted,
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
