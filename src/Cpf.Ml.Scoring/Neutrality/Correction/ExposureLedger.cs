using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>Exposure that groups have received and deserved so far, and the multipliers that bring the two together:
/// one request cannot be fair, many can.</summary>
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

    /// <summary>Number of requests recorded.</summary>
    public long Requests { get; private set; }

    /// <summary>Mean nDCG that corrections have cost; 0 before the first request.</summary>
    public double MeanLoss => Requests == 0 ? 0 : _loss / Requests;

    /// <summary>Groups, each with its dimension: <c>size=small</c>.</summary>
    public IReadOnlyDictionary<string, LedgerGroup> Groups => _groups;

    /// <summary>Boost of an offer: the sum of its groups' multipliers, in units of relevance.</summary>
    /// <param name="groups">Groups of the offer; unknown ones add nothing.</param>
    public double BoostOf(ImmutableArray<string> groups)
    {
        var boost = 0.0;
        foreach (var group in groups)
        {
            boost += _groups.TryGetValue(group, out var known) ? known.Multiplier : 0;
        }

        return boost;
    }

    /// <summary>Records a request and moves the multipliers.</summary>
    /// <param name="offers">Groups, exposure received and exposure deserved of each offer.</param>
    /// <param name="range">Largest relevance less the smallest: the unit of the step.</param>
    /// <param name="loss">nDCG that the correction cost.</param>
    public void Record(IReadOnlyList<(ImmutableArray<string> Groups, double Exposure, double Deserved)> offers,
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

    /// <summary>Snapshot of the ledger.</summary>
    public LedgerState State => new(Requests, _loss, _groups.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>Restores a ledger from its snapshot.</summary>
    /// <param name="state">A snapshot of <see cref="State"/>.</param>
    public static ExposureLedger Restore(LedgerState state)
    {
        var ledger = new ExposureLedger { Requests = state.Requests, _loss = state.Loss };
        foreach (var (name, group) in state.Groups)
        {
            ledger._groups[name] = group;
        }

        return ledger;
    }
}

/// <summary>Totals of a group.</summary>
/// <param name="Exposure">Exposure received.</param>
/// <param name="Deserved">Exposure deserved.</param>
/// <param name="Offers">Number of offers.</param>
/// <param name="Multiplier">In units of relevance; above 0 the group is owed exposure.</param>
public sealed record LedgerGroup(double Exposure, double Deserved, long Offers, double Multiplier)
{
    /// <summary>Exposure received over exposure deserved; 1 is neutral.</summary>
    public double Ratio => Exposure / Deserved;
}

/// <summary>Snapshot of a ledger.</summary>
/// <param name="Requests">Number of requests recorded.</param>
/// <param name="Loss">Sum of the nDCG that corrections have cost.</param>
/// <param name="Groups">Totals of each group.</param>
public sealed record LedgerState(long Requests, double Loss, ImmutableSortedDictionary<string, LedgerGroup> Groups);
