using System.Collections.Immutable;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>How exposure grows with something at equal relevance: within a stratum, shares of exposure are as opportunities × e^(βx).</summary>
/// <param name="Slope">β; 0 is neutral. With x the logarithm of a number, an elasticity.</param>
/// <param name="Opportunities">In strata where x differs.</param>
/// <param name="Questions">With such strata.</param>
/// <param name="Organisations">In them.</param>
/// <remarks>Conditional Poisson pseudo-likelihood (Gourieroux, Monfort and Trognon 1984; Hausman, Hall and Griliches 1984), which takes exposures of 0 as they are. Errors by questions and organisations.</remarks>
public sealed record ExposureSlope(Estimate Slope, long Opportunities, int Questions, int Organisations, ImmutableArray<int> Leading)
{
    private const int Rounds = 50;
    private const double Settled = 1e-10;
    private const int Examples = 3;

    /// <summary>Of organisations by how many offers they have in a stratum: flooding.</summary>
    public static ExposureSlope? OfVolume(ExposureStrata strata) => Fit(strata.Log.Organisations.Length, Stratified(strata).Select(stratum => (IReadOnlyList<Cell>)
    [
        .. stratum.GroupBy(one => one.Organisation).Select(own => new Cell(own.First().Question, own.Key, 1, Math.Log(own.Sum(one => one.Times)), own.Sum(one => one.Exposure), own.Sum(one => one.Times))),
    ]));

    /// <summary>Of offers by what is said of each.</summary>
    /// <param name="valueOf">x of an offer; null where it is not known, which leaves it out.</param>
    public static ExposureSlope? Of(ExposureStrata strata, Func<int, double?> valueOf) => Fit(strata.Log.Organisations.Length, Stratified(strata).Select(stratum => (IReadOnlyList<Cell>)
    [
        .. stratum.Where(one => valueOf(one.Offer) is not null).Select(one => new Cell(one.Question, one.Organisation, one.Times, valueOf(one.Offer)!.Value, one.Exposure, one.Times)),
    ]));

    private static IEnumerable<IEnumerable<(int Question, int Offer, int Organisation, double Times, double Exposure)>> Stratified(ExposureStrata strata) => Enumerable.Range(0, strata.Count)
        .Select(s => Enumerable.Range(strata.Starts[s], strata.Starts[s + 1] - strata.Starts[s])
            .Select(i => (strata.Log.Units[i].Question, strata.Log.Units[i].Offer, strata.Log.Offers[strata.Log.Units[i].Offer].Organisation, (double)strata.Log.Units[i].Opportunities, Math.Max(0, strata.Exposure[i]))));

    private static ExposureSlope? Fit(int organisations, IEnumerable<IReadOnlyList<Cell>> all)
    {
        var strata = all.Where(cells => cells.Count > 1 && cells.Sum(cell => cell.Exposure) > 0 && cells.Max(cell => cell.X) - cells.Min(cell => cell.X) > Settled).ToList();
        if (strata.Count == 0)
        {
            return null;
        }

        var (slope, information) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var score = 0.0;
            information = 0;
            foreach (var cells in strata)
            {
                var (shares, mean, total) = Shares(cells, slope);
                for (var i = 0; i < cells.Count; i++)
                {
                    score += cells[i].X * (cells[i].Exposure - (total * shares[i]));
                    information += total * shares[i] * (cells[i].X - mean) * (cells[i].X - mean);
                }
            }

            var step = Math.Clamp(score / information, -1, 1);
            slope += step;
            if (Math.Abs(step) < Settled)
            {
                break;
            }
        }

        var (sums, seen, byQuestion) = (new ClusterSums(organisations), new HashSet<int>(), new Dictionary<int, double>());
        foreach (var cells in strata)
        {
            var (shares, mean, total) = Shares(cells, slope);
            var (even, middle, _) = Shares(cells, 0);
            for (var i = 0; i < cells.Count; i++)
            {
                sums.Add(cells[i].Question, cells[i].Organisation, (cells[i].X - mean) * (cells[i].Exposure - (total * shares[i])));
                byQuestion[cells[i].Question] = byQuestion.GetValueOrDefault(cells[i].Question) + ((cells[i].X - middle) * (cells[i].Exposure - (total * even[i])));
                seen.Add(cells[i].Organisation);
            }
        }

        var (variance, degrees) = sums.Total(byOrganisation: true);
        return new(
            new(slope, Math.Sqrt(variance) / information, degrees), (long)strata.Sum(cells => cells.Sum(cell => cell.Times)), sums.Questions, seen.Count,
            [.. byQuestion.OrderByDescending(one => one.Value * Math.Sign(slope)).Take(Examples).Select(one => one.Key)]);
    }

    private static (double[] Shares, double Mean, double Total) Shares(IReadOnlyList<Cell> cells, double slope)
    {
        var largest = cells.Max(cell => slope * cell.X);
        double[] shares = [.. cells.Select(cell => cell.Offset * Math.Exp((slope * cell.X) - largest))];
        var (sum, mean, total) = (shares.Sum(), 0.0, 0.0);
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
            mean += shares[i] * cells[i].X;
            total += cells[i].Exposure;
        }

        return (shares, mean, total);
    }

    private readonly record struct Cell(int Question, int Organisation, double Offset, double X, double Exposure, double Times);
}
