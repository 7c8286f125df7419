using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <param name="Subject">What is silent: a series, <c>service:…</c> or <c>source:…</c>. The same for as long as it
/// is.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Service">What its incident is grouped by.</param>
/// <param name="Series">The silent series, at least one.</param>
internal sealed record Outage(string Subject, Text Name, string Service, IReadOnlyList<WatchedSeries> Series);

/// <summary>Finds what is silent now and says it once: of a whole source, else of a whole service, else of each
/// series.</summary>
internal sealed class Outages(SeriesCatalog catalog, SilenceJudge judge)
{
    /// <summary>This service answers for its sources, of which several services live.</summary>
    private const string OwnService = "cpf-ml";

    /// <summary>Of its patience: a source that is quiet for longer may be lost as a whole, and its series wait for that
    /// to be known.</summary>
    private const double Overdue = 0.4;

    /// <param name="told">Whether people know that a subject is silent.</param>
    public IReadOnlyList<Outage> Find(Func<string, bool> told)
    {
        var regular = catalog.Entries.Select(entry => entry.Watched)
            .OfType<WatchedSeries>().Where(SilenceJudge.IsRegular).ToList();
        var found = new List<Outage>();
        var silent = new HashSet<WatchedSeries>();
        foreach (var source in regular.GroupBy(series => series.Entry.Source, StringComparer.Ordinal))
        {
            // What is told by itself stays told so, whatever becomes of the rest of its source.
            var all = source.ToList();
            var (lost, waits) = Judge(source.Key, all, told);
            silent.UnionWith(all.Where(series => lost || waits ? IsTold(series, told) : IsSilent(series, told)));
            if (lost)
            {
                found.Add(new Outage(
                    SourceOf(source.Key), new($"Source {source.Key}", $"Source {source.Key}"), OwnService, all));
            }
        }

        foreach (var service in regular.GroupBy(series => series.Entry.Service, StringComparer.Ordinal))
        {
            found.AddRange(Of(service.Key, [.. service], silent, told));
        }

        return found;
    }

    /// <summary>Whether nothing of a subject is watched any more: it did not come back, it was given up.</summary>
    public bool IsForgotten(string subject) => subject.Split(':', 2) switch
    {
        ["service", var service] => !catalog.Entries.Any(entry => entry.Service == service),
        ["source", var source] => !catalog.Entries.Any(entry => entry.Source == source),
        _ => catalog.Find(unchecked((long)Convert.ToUInt64(subject, 16))) is null,
    };

    private static IEnumerable<Outage> Of(
        string service, List<WatchedSeries> all, HashSet<WatchedSeries> silent, Func<string, bool> told)
    {
        var those = all.Where(silent.Contains).ToList();

        // What is told of a whole stays so while its last series are forgotten one by one.
        return those.Count == all.Count && (those.Count > 1 || told(ServiceOf(service)))
            ? [new Outage(ServiceOf(service), new(service, service), service, those)]
            : those.Select(series => new Outage(IdOf(series), SeriesNames.Of(series.Entry), service, [series]));
    }

    /// <summary>Whether a source of several services is silent as a whole, and whether it looks as if it were about to
    /// be.</summary>
    private (bool Lost, bool Waits) Judge(string source, List<WatchedSeries> all, Func<string, bool> told)
    {
        var isTold = told(SourceOf(source));
        if (source.Length == 0 || (!isTold && all.DistinctBy(series => series.Entry.Service).Take(2).Count() < 2))
        {
            return default;
        }

        if (isTold && all.TrueForAll(SilenceJudge.IsUnheard))
        {
            return (true, false);
        }

        // One overdue service is silent by itself; it takes two to speak of their source.
        var quiet = all.Min(judge.Quiet);
        var patience = all.GroupBy(series => series.Entry.Service, StringComparer.Ordinal)
            .Select(service => service.Min(SilenceJudge.Patience)).Order().Take(2).Last();
        return (quiet > patience, quiet > Overdue * patience);
    }

    /// <summary>After a restart what was told stays so until something comes: a start is no recovery.</summary>
    private bool IsSilent(WatchedSeries series, Func<string, bool> told) =>
        judge.IsSilent(series)
            || (SilenceJudge.IsUnheard(series) && (IsTold(series, told) || told(SourceOf(series.Entry.Source))));

    private static bool IsTold(WatchedSeries series, Func<string, bool> told) =>
        told(IdOf(series)) || told(ServiceOf(series.Entry.Service));

    private static string IdOf(WatchedSeries series) => SeriesIdentity.Hex(series.Entry.Identity.Id);

    private static string ServiceOf(string service) => $"service:{service}";

    private static string SourceOf(string source) => $"source:{source}";
}
