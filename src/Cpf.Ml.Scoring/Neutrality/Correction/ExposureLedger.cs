using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>What groups have got and what they deserved so far, and the multipliers that bring the two together: one
/// request cannot be fair, many can.</summary>
/// <remarks>
/// A multiplier is the price of the constraint "this group gets what it deserves" in units of relevance. It moves by
/// what the last request left owing, by steps that grow smaller (online dual ascent; Frank–Wolfe in the space of
/// exposures: Usunier, Do and Dohmatob 2022). Where it settles, sorting by relevance plus multiplier is the best that
/// any policy over many requests can do under these constraints. One writer.
/// </remarks>
public sealed class ExposureLedger
{
    /// <summary>Of the range of relevance, for exposure owed per offer of 1.</summary>
    private const double FirstStep = 0.2;

    /// <summary>Requests after which steps are about 0.7 of the first.</summary>
    private const double Settling = 100;

    private readonly Dictionary<string, LedgerGroup> _groups = [];
    private double _loss;

    /// <summary>Requests served.</summary>
    public long Requests { get; private set; }

    /// <summary>Mean nDCG that corrections have cost.</summary>
    public double MeanLoss => Requests == 0 ? 0 : _loss / Requests;

    public IReadOnlyDictionary<string, LedgerGroup> Groups => _groups;

    /// <summary>What is added to the relevance of an offer of these groups.</summary>
    public double BoostOf(ImmutableArray<string> groups)
    {
        var boost = 0.0;
        foreach (var group in groups)
        {
            boost += _groups.TryGetValue(group, out var known) ? known.Multiplier : 0;
        }

        return boost;
    }

    /// <param name="offers">Groups, exposure that was given and exposure that was deserved, of each.</param>
    /// <param name="range">Largest relevance less the smallest.</param>
    /// <param name="loss">nDCG that the correction cost.</param>
    public void Add(IReadOnlyList<(ImmutableArray<string> Groups, double Exposure, double Deserved)> offers,
        double range, double loss)
    {
        var step = FirstStep * range / Math.Sqrt(1 + (Requests / Settling));
        var sums = new Dictionary<string, (double Exposure, double Deserved, int Offers)>();
        foreach (var (groups, exposure, deserved) in offers)
        {
            foreach (var group in groups)
            {
                var sum = sums.GetValueOrDefault(group);
                sums[group] = (sum.Exposure + exposure, sum.Deserved + deserved, sum.Offers + 1);
            }
        }

        foreach (var (group, (exposure, deserved, n)) in sums)
        {
            var before = _groups.GetValueOrDefault(group) ?? new LedgerGroup(0, 0, 0, 0);
            _groups[group] = new(before.Exposure + exposure,
                before.Deserved + deserved, before.Offers + n, before.Multiplier + (step * (deserved - exposure) / n));
        }

        Requests++;
        _loss += loss;
    }

    public LedgerState State => new(Requests, _loss, _groups.ToImmutableSortedDictionary(StringComparer.Ordinal));

    public static ExposureLedger Of(LedgerState state)
    {
        var ledger = new ExposureLedger { Requests = state.Requests, _loss = state.Loss };
        foreach (var (name, group) in state.Groups)
        {
            ledger._groups[name] = group;
        }

        return ledger;
    }
}

/// <param name="Multiplier">In units of relevance; above 0 the group is owed exposure.</param>
public sealed record LedgerGroup(double Exposure, double Deserved, long Offers, double Multiplier)
{
    /// <summary>1 is neutral.</summary>
    public double Ratio => Exposure / Deserved;
}

/// <summary>A ledger to be kept.</summary>
public sealed record LedgerState(long Requests, double Loss, ImmutableSortedDictionary<string, LedgerGroup> Groups);
