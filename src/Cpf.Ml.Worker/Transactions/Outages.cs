using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <param name="Subject">What is silent: the id of a series, <c>service:…</c> or <c>source:…</c>. The same for as long
/// as it is.</param>
/// <param name="Name">Name of the subject for people.</param>
/// <param name="Service">What its incident is grouped by.</param>
/// <param name="Series">The silent series, at least one.</param>
internal sealed record Outage(string Subject, Text Name, string Service, IReadOnlyList<MonitoredSeries> Series);

/// <summary>Finds what is silent now and reports it once: as a whole source, else as a whole service, else series by
/// series.</summary>
internal sealed class Outages(SeriesCatalog catalog, Partitions partitions, SilenceJudge judge)
{
    /// <summary>This service, which owns its sources: several services depend on one.</summary>
    private const string OwnService = "cpf-ml";

    /// <summary>Share of its patience after which a quiet source may be lost as a whole: its series wait until that is
    /// known.</summary>
    private const double Overdue = 0.4;

    /// <param name="isOpen">Whether a subject has an open alert.</param>
    public IReadOnlyList<Outage> Find(Func<string, bool> isOpen)
    {
        var regular = partitions.Series.Where(SilenceJudge.IsRegular).ToList();
        var found = new List<Outage>();
        var silent = new HashSet<SeriesState>();
        foreach (var source in regular.GroupBy(series => series.State.Source, StringComparer.Ordinal))
        {
            // A series with an alert of its own keeps it, whatever happens to the rest of its source.
            var all = source.ToList();
            var (lost, waits) = Judge(source.Key, all, isOpen);
            silent.UnionWith(all
                .Where(series => lost || waits ? HasAlert(series, isOpen) : IsSilent(series, isOpen))
                .Select(series => series.State));
            if (lost)
            {
                found.Add(new Outage(
                    SourceOf(source.Key), new($"Source {source.Key}", $"Source {source.Key}"), OwnService, all));
            }
        }

        foreach (var service in regular.GroupBy(series => series.Series.Service, StringComparer.Ordinal))
        {
            found.AddRange(Of(service.Key, [.. service], silent, isOpen));
        }

        return found;
    }

    /// <summary>Whether no series of a subject is known any more: it did not come back, it was retired.</summary>
    public bool IsForgotten(string subject) => subject.Split(':', 2) switch
    {
        ["service", var service] => !catalog.Series.Any(series => series.Service == service),
        ["source", var source] => !partitions.Series.Any(series => series.State.Source == source),
        _ => catalog.Find(unchecked((long)Convert.ToUInt64(subject, 16))) is null,
    };

    private static IEnumerable<Outage> Of(
        string service, List<MonitoredSeries> all, HashSet<SeriesState> silent, Func<string, bool> isOpen)
    {
        var affected = all.Where(series => silent.Contains(series.State)).ToList();

        // An alert of a whole stays open while its last series are retired one by one.
        return affected.Count == all.Count && (affected.Count > 1 || isOpen(ServiceOf(service)))
            ? [new Outage(ServiceOf(service), new(service, service), service, affected)]
            : affected.Select(series => new Outage(IdOf(series), SeriesNames.Of(series.Series), service, [series]));
    }

    /// <summary>Whether a source of several services is silent as a whole, and whether it may soon
    /// be.</summary>
    private (bool Lost, bool Waits) Judge(string source, List<MonitoredSeries> all, Func<string, bool> isOpen)
    {
        var isReported = isOpen(SourceOf(source));
        if (source.Length == 0 || (!isReported && all.DistinctBy(series => series.Series.Service).Take(2).Count() < 2))
        {
            return default;
        }

        if (isReported && all.TrueForAll(SilenceJudge.IsUnheard))
        {
            return (true, false);
        }

        // One overdue service is silent by itself; two are a matter of their source.
        var quiet = all.Min(judge.Quiet);
        var patience = all.GroupBy(series => series.Series.Service, StringComparer.Ordinal)
            .Select(service => service.Min(SilenceJudge.Patience)).Order().Take(2).Last();
        return (quiet > patience, quiet > Overdue * patience);
    }

    /// <summary>After a restart an alert stays open until something comes: a start is no recovery.</summary>
    private bool IsSilent(MonitoredSeries series, Func<string, bool> isOpen) =>
        judge.IsSilent(series)
            || (SilenceJudge.IsUnheard(series) && (HasAlert(series, isOpen) || isOpen(SourceOf(series.State.Source))));

    private static bool HasAlert(MonitoredSeries series, Func<string, bool> isOpen) =>
        isOpen(IdOf(series)) || isOpen(ServiceOf(series.Series.Service));

    private static string IdOf(MonitoredSeries series) => SeriesIdentity.Hex(series.Series.Identity.Id);

    private static string ServiceOf(string service) => $"service:{service}";

    private static string SourceOf(string source) => $"source:{source}";
}
