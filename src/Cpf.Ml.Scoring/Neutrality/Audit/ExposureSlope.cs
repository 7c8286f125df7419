using System.Collections.Immutable;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>How exposure grows with something at equal relevance: within a stratum, shares of exposure are as
/// opportunities × e^(βx).</summary>
/// <param name="Slope">β; 0 is neutral. With x the logarithm of a number, an elasticity.</param>
/// <param name="Opportunities">In strata where x differs.</param>
/// <param name="Questions">With such strata.</param>
/// <param name="Organisations">In them.</param>
/// <param name="Leading">Indices of the questions in which most of the slope arises.</param>
/// <remarks><see cref="ConditionalPoisson"/>; errors by questions and organisations.</remarks>
internal sealed record ExposureSlope(
    Estimate Slope, long Opportunities, int Questions, int Organisations, ImmutableArray<int> Leading)
{
    private const double MinRange = 1e-10;
    private const int Examples = 3;

    /// <summary>Slope over organisations, by the number of offers that each has in a stratum: flooding.</summary>
    public static ExposureSlope? EstimateVolume(ExposureStrata strata) =>
        Fit(strata.Log.Organisations.Length, strata.Stratified().Select(stratum => (IReadOnlyList<PoissonCell>)
    [
        .. stratum.GroupBy(offer => offer.Organisation).Select(own => new PoissonCell(own.First().Question, own.Key,
            1, [Math.Log(own.Sum(offer => offer.Times))],
            own.Sum(offer => offer.Exposure), own.Sum(offer => offer.Times))),
    ]));

    /// <summary>Slope over offers, by a property of each.</summary>
    /// <param name="strata">Strata of equal relevance.</param>
    /// <param name="valueOf">x of an offer; null where it is not known, which leaves it out.</param>
    public static ExposureSlope? Estimate(ExposureStrata strata, Func<int, double?> valueOf) =>
        Fit(strata.Log.Organisations.Length, strata.Stratified().Select(stratum => (IReadOnlyList<PoissonCell>)
    [
        .. stratum.Where(offer => valueOf(offer.Offer) is not null).Select(offer => new PoissonCell(
            offer.Question,
            offer.Organisation, offer.Times, [valueOf(offer.Offer)!.Value], offer.Exposure, offer.Times)),
    ]));

    private static ExposureSlope? Fit(int organisations, IEnumerable<IReadOnlyList<PoissonCell>> all)
    {
        var strata = all.Where(cells => cells.Count > 1 && cells.Sum(cell => cell.Exposure) > 0
            && cells.Max(cell => cell.X[0]) - cells.Min(cell => cell.X[0]) > MinRange).ToList();
        if (strata.Count == 0 || ConditionalPoisson.Fit(strata, 1) is not { } fitted)
        {
            return null;
        }

        var (slope, sums, seen) = (fitted.Slopes[0], new ClusterSums(organisations), new HashSet<int>());
        foreach (var (cell, influence) in fitted.Influences(0))
        {
            sums.Add(cell.Question, cell.Organisation, influence);
            seen.Add(cell.Organisation);
        }

        var (variance, degrees) = sums.Total(byOrganisation: true);
        return new(
            new(slope, Math.Sqrt(variance), degrees),
            (long)strata.Sum(cells => cells.Sum(cell => cell.Times)), sums.Questions, seen.Count,
            [.. strata.GroupBy(cells => cells[0].Question, Uneven)
                .Select(question => (question.Key, Sum: question.Sum()))
                .OrderByDescending(row => row.Sum * Math.Sign(slope)).Take(Examples).Select(row => row.Key)]);
    }

    /// <summary>Exposure times x beyond what even shares would give.</summary>
    private static double Uneven(IReadOnlyList<PoissonCell> cells)
    {
        var (offsets, total) = (cells.Sum(cell => cell.Offset), cells.Sum(cell => cell.Exposure));
        var middle = cells.Sum(cell => cell.Offset * cell.X[0]) / offsets;
        return cells.Sum(cell => (cell.X[0] - middle) * (cell.Exposure - (total * cell.Offset / offsets)));
    }
}
