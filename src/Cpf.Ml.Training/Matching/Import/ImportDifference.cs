using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Training.Matching.Data;

namespace Cpf.Ml.Training.Matching.Import;

/// <summary>What has changed between two imports.</summary>
/// <param name="Added">Fiches that were not there.</param>
/// <param name="Gone">Fiches that are no longer there.</param>
/// <param name="Expired">Fiches that were active and are not.</param>
/// <param name="Renumbered">Added fiches with one that they replace.</param>
/// <param name="JobsChanged">Fiches whose declared jobs are others.</param>
/// <param name="Split">ROME codes of version 3 that other jobs of version 4 come of than before.</param>
internal sealed record ImportDifference(
    ImmutableArray<string> Added, ImmutableArray<string> Gone, ImmutableArray<string> Expired,
    ImmutableArray<string> Renumbered, ImmutableArray<string> JobsChanged, ImmutableArray<string> Split)
{
    public static ImportDifference Between(MatchingData before, MatchingData now)
    {
        var (old, recent) = (before.Register.ToDictionary(fiche => fiche.Id),
            now.Register.ToDictionary(fiche => fiche.Id));
        var jobs = before.Jobs.ToDictionary(job => job.Code, Children);
        var added = now.Register.Where(fiche => !old.ContainsKey(fiche.Id)).ToList();
        return new(
            [.. added.Select(fiche => fiche.Id)],
            [.. old.Keys.Where(id => !recent.ContainsKey(id)).Order(StringComparer.Ordinal)],
            [.. now.Register.Where(fiche => !fiche.IsActive && old.GetValueOrDefault(fiche.Id)?.IsActive == true)
                .Select(fiche => fiche.Id)],
            [.. added.SelectMany(
                fiche => fiche.Ancestors.Where(old.ContainsKey).Select(ancestor => $"{ancestor} -> {fiche.Id}"))],
            [.. now.Register.Where(fiche => old.GetValueOrDefault(fiche.Id) is { } was
                && !was.Jobs.SequenceEqual(fiche.Jobs)).Select(fiche => fiche.Id)],
            [.. now.Jobs.Where(job => jobs.TryGetValue(job.Code, out var was) && was != Children(job))
                .Select(job => job.Code)]);
    }

    public bool IsEmpty => Added.IsEmpty && Gone.IsEmpty && Expired.IsEmpty && JobsChanged.IsEmpty && Split.IsEmpty;

    private static string Children(Job job) =>
        string.Join(' ', job.Recent.Select(item => item.Code).Order(StringComparer.Ordinal));
}
