using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>How much of a group's gap goes with something else that its offers have: a parameter of the engine, or
/// another group.</summary>
/// <param name="Parameter">Id: <c>popularity</c>, <c>text</c>, <c>price</c>, <c>volume</c>, or the key of another
/// line.</param>
/// <param name="Name">Words for a comparison at the same value, for example "at equal price".</param>
/// <param name="Share">Share of the gap (of its logarithm) that is gone when offers are compared at the same value: 1
/// is all of it, below 0 the value hid some.</param>
/// <param name="Low">Lower bound of the share, 95 %, by questions.</param>
/// <param name="High">Upper bound of the share, 95 %.</param>
/// <param name="Left">Effect that is left, as <see cref="AuditMeasure.Exposure"/>.</param>
/// <remarks>
/// The group's slope alone against its slope beside the other's (<see cref="ConditionalPoisson"/>), on the same offers.
/// Correlation need not be causation: where an engine can be run without the parameter, two logs decide.
/// </remarks>
public sealed record GapExplanation(string Parameter, Text Name, double Share, double Low, double High, double Left)
{
    /// <summary>Less of a gap explains nothing that helps.</summary>
    private const double MinShare = 0.1;

    /// <summary>Estimates how much of a gap goes with a value of the offers.</summary>
    /// <param name="strata">Strata of equal relevance.</param>
    /// <param name="groupOf">Of each offer: above 0 of the group, 0 of others, below 0 left out.</param>
    /// <param name="parameter">Id of the explanation.</param>
    /// <param name="name">Name of the explanation.</param>
    /// <param name="valueOf">Of an offer that is one of so many of its organisation in its stratum; null where it is
    /// not known, which leaves it out.</param>
    /// <returns>Null where it explains none of the gap for certain, or a tenth of it at most.</returns>
    internal static GapExplanation? Estimate(
        ExposureStrata strata, IReadOnlyList<int> groupOf, string parameter, Text name, Func<int, int, double?> valueOf)
    {
        var cells = new List<IReadOnlyList<PoissonCell>>();
        foreach (var stratum in strata.Stratified())
        {
            var offers = stratum.Where(offer => groupOf[offer.Offer] >= 0).ToList();
            var own = offers.CountBy(offer => offer.Organisation).ToDictionary();
            List<PoissonCell> all =
            [
                .. offers.Select(offer => (Offer: offer, Value: valueOf(offer.Offer, own[offer.Organisation])))
                    .Where(known => known.Value is not null)
                    .Select(known => new PoissonCell(
                        known.Offer.Question, known.Offer.Organisation, known.Offer.Times,
                        [groupOf[known.Offer.Offer] > 0 ? 1 : 0, known.Value!.Value], known.Offer.Exposure,
                        known.Offer.Times)),
            ];
            if (all.Count > 1 && all.Sum(cell => cell.Exposure) > 0)
            {
                cells.Add(all);
            }
        }

        if (ConditionalPoisson.Fit(cells, 1) is not { } alone
            || ConditionalPoisson.Fit(cells, 2) is not { } beside || alone.Slopes[0] == 0)
        {
            return null;
        }

        // What a question moved the share by, through both slopes.
        var (gap, left, moved) = (alone.Slopes[0], beside.Slopes[0], new Dictionary<int, double>());
        foreach (var ((cell, value), (_, other)) in alone.Influences(0).Zip(beside.Influences(0)))
        {
            moved[cell.Question] = moved.GetValueOrDefault(cell.Question) + (left / gap / gap * value) - (other / gap);
        }

        var (share, n) = (1 - (left / gap), moved.Count);
        var error = n > 1 ? Math.Sqrt(moved.Values.Sum(value => value * value) * n / (n - 1)) : double.PositiveInfinity;
        var z = Normal.InvCDF(0, 1, 0.975) * error;
        return share - z > 0 && share >= MinShare
            ? new(parameter, name, share, share - z, share + z, Math.Exp(left) - 1) : null;
    }
}
