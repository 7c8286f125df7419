using Cpf.Ml.Scoring.Transactions.Durations;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A single transaction that shows what an incident was like.</summary>
/// <param name="Start">UTC.</param>
/// <param name="DurationSeconds">From begin to end.</param>
/// <param name="UsualSeconds">Median at this hour and load; null while it is not known.</param>
/// <param name="PValue">How rare it is, among single transactions of the operation, that one takes so long or longer;
/// null while it is not known.</param>
/// <param name="Id">As its sender named it; empty when it has no name.</param>
internal sealed record IncidentExample(
    string Operation,
    DateTimeOffset Start,
    double DurationSeconds,
    double? UsualSeconds,
    double? PValue,
    bool Failed,
    string Channel,
    string Region,
    string Id)
{
    /// <summary>Slow ones kept of an incident, and failed ones beside them: as many as a person looks
    /// through.</summary>
    private const int MaxSlow = 10;
    private const int MaxFailed = 5;

    /// <summary>0–100; null while it is not known.</summary>
    public double? Score => PValue is { } p ? Math.Round(Scoring.Score.FromPValue(p).Percent, 1) : null;

    public static IncidentExample Of(ScoredTransaction judged) => new(
        judged.Transaction.Operation,
        DateTimeOffset.FromUnixTimeMilliseconds(judged.Transaction.Start),
        judged.Transaction.Duration,
        judged.Expected,
        judged.PValue,
        judged.Transaction.Failed,
        judged.Transaction.Channel,
        judged.Transaction.Region,
        judged.Transaction.Id);

    /// <summary>The rarest of both, then failed ones that are not among them; each once.</summary>
    public static IReadOnlyList<IncidentExample> Merge(
        IEnumerable<IncidentExample> kept, IEnumerable<IncidentExample> more)
    {
        var all = kept.Concat(more)
            .DistinctBy(one => (one.Operation, one.Start, one.DurationSeconds, one.Channel, one.Region, one.Id))
            .OrderBy(one => one.PValue ?? 1)
            .ThenByDescending(one => one.DurationSeconds)
            .ThenBy(one => one.Start)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .ToList();
        return [.. all.Take(MaxSlow), .. all.Skip(MaxSlow).Where(one => one.Failed).Take(MaxFailed)];
    }
}
