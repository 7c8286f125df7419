using System.Collections.Concurrent;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>
/// The joint evidence of all series of a service in a minute, as one number: the mean of their −log10 p without the
/// largest. Many weak signals at once raise it; one strong signal does not, its own series alerts.
/// </summary>
/// <remarks>
/// The numbers of a service are a series like any other, so its baseline accounts for whatever the series have in
/// common in ordinary times: no correlation need be known. Thread-safe.
/// </remarks>
internal sealed class JointEvidence(TransactionsSettings settings, TimeProvider time)
{
    public const string Metric = SeriesDescriptor.JointMetric;

    private const long Minute = 60_000;

    /// <summary>A point counts as at most 1 in 100 000, as everywhere.</summary>
    private const double MaxPerPoint = 5;

    /// <summary>Minutes of a service that may wait: a replay plays weeks in seconds.</summary>
    private const int MaxOpenMinutes = 10_000;

    /// <summary>Minutes without a point after which a service is forgotten.</summary>
    private const int ForgetAfter = 60;

    /// <summary>A minute is complete this long after its end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Series catch up on a backlog one after the other: a minute of it would be that of the first.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Service> _services = new(StringComparer.Ordinal);

    /// <summary>Services with a point lately.</summary>
    public int Count => _services.Count;

    /// <param name="timestamp">Of the point, Unix milliseconds.</param>
    /// <param name="pValue">Of a warm series, in (0, 1].</param>
    public void Add(SeriesDescriptor series, long timestamp, double pValue)
    {
        if (settings.JointSeries == 0 || series.IsJoint || (time.GetUtcNow()
            .ToUnixTimeMilliseconds() - timestamp > Recent.TotalMilliseconds && series.Clock is null))
        {
            return;
        }

        while (!TryAdd(_services.GetOrAdd(series.Service, _ => new Service()),
            series, timestamp / Minute, Math.Min(MaxPerPoint, -Math.Log10(pValue))))
        {
            // The service was forgotten just now: a new one replaces it.
        }
    }

    /// <summary>The minutes that are complete, oldest first; each is returned once.</summary>
    public IReadOnlyList<JointMinute> Close()
    {
        var closed = new List<JointMinute>();
        foreach (var (name, service) in _services)
        {
            lock (service)
            {
                var end = ((service.Clock ?? time).GetUtcNow() - Grace).ToUnixTimeMilliseconds() / Minute;
                foreach (var (minute, sum) in service.Open.Where(open => open.Key < end).ToList())
                {
                    service.Open.Remove(minute);
                    service.Closed = minute;
                    if (sum.Count >= settings.JointSeries)
                    {
                        closed.Add(new JointMinute(name, minute * Minute,
                            (sum.Total - sum.Largest) / (sum.Count - 1), service.Clock, service.AlertsFrom));
                    }
                }

                if (service.Open.Count == 0 && service.Closed < end - ForgetAfter)
                {
                    service.IsGone = _services.TryRemove(name, out _);
                }
            }
        }

        return closed;
    }

    private static bool TryAdd(Service service, SeriesDescriptor series, long minute, double evidence)
    {
        lock (service)
        {
            (service.Clock, service.AlertsFrom) = (series.Clock, Math.Max(service.AlertsFrom, series.AlertsFrom));
            if (!service.IsGone
                && minute > service.Closed && (service.Open.Count < MaxOpenMinutes || service.Open.ContainsKey(minute)))
            {
                var known = service.Open.GetValueOrDefault(minute);
                service.Open[minute] = new Sum(
                    known.Total + evidence, Math.Max(known.Largest, evidence), known.Count + 1);
            }

            return !service.IsGone;
        }
    }

    private readonly record struct Sum(double Total, double Largest, int Count);

    private sealed class Service
    {
        public SortedDictionary<long, Sum> Open { get; } = [];

        public long Closed { get; set; }

        public TimeProvider? Clock { get; set; }

        public long AlertsFrom { get; set; }

        /// <summary>It is no longer among the services.</summary>
        public bool IsGone { get; set; }
    }
}

/// <param name="At">Begin of the minute, Unix milliseconds.</param>
/// <param name="Value">Mean −log10 p without the largest, in [0, 5].</param>
/// <param name="Clock">The time that the series live in; null means the host's.</param>
/// <param name="AlertsFrom">As the latest of the series has it.</param>
internal readonly record struct JointMinute(
    string Service, long At, double Value, TimeProvider? Clock, long AlertsFrom);
