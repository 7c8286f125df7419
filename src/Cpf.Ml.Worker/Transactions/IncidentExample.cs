using Cpf.Ml.Scoring.Transactions.Durations;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A single transaction as an example of an incident.</summary>
/// <param name="Start">UTC.</param>
/// <param name="DurationSeconds">From begin to end.</param>
/// <param name="UsualSeconds">Median at this hour and load; null while it is not known.</param>
/// <param name="PValue">Share of single transactions of the operation that take as long or longer, in (0, 1]; null
/// while it is not known.</param>
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
    /// <summary>Slow transactions kept of an incident, with <see cref="MaxFailed"/> failed ones: as many as a person
    /// reads.</summary>
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

    /// <summary>The rarest of both lists, then failed transactions that are not among them; each once.</summary>
    public static IReadOnlyList<IncidentExample> Merge(
        IEnumerable<IncidentExample> kept, IEnumerable<IncidentExample> more)
    {
        var all = kept.Concat(more)
            .DistinctBy(example => (
                example.Operation,
                example.Start,
                example.DurationSeconds,
                example.Channel,
                example.Region,
                example.Id))
            .OrderBy(example => example.PValue ?? 1)
            .ThenByDescending(example => example.DurationSeconds)
            .ThenBy(example => example.Start)
            .ThenBy(example => example.Id, StringComparer.Ordinal)
            .ToList();
        return [.. all.Take(MaxSlow), .. all.Skip(MaxSlow).Where(example => example.Failed).Take(MaxFailed)];
    }
}
