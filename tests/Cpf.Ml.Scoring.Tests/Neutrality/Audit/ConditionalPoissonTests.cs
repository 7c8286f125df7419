using Cpf.Ml.Scoring.Neutrality.Audit;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class ConditionalPoissonTests
{
    private static readonly Gen<PoissonCell[][]> Strata = Gen.Select(
        Gen.Double[0.5, 2], Gen.Double[-1, 1], Gen.Double[0.1, 3]).Array[3].Array[6, 12].Select(strata => strata
            .Select((cells, question) => cells.Select(
                (cell, i) => new PoissonCell(question, i, cell.Item1, [cell.Item2], cell.Item3, cell.Item1)).ToArray())
            .ToArray());

    [Fact]
    public void Slope_of_pairs_is_the_logarithm_of_their_ratio()
    {
        // One cell with x = 1 and one with x = 0 in each stratum: β = ln (2 + 4) / (1 + 2).
        PoissonCell[][] strata =
        [
            [new(0, 0, 1, [1], 2, 1), new(0, 1, 1, [0], 1, 1)],
            [new(1, 0, 1, [1], 4, 1), new(1, 1, 1, [0], 2, 1)],
        ];
        Assert.Equal(Math.Log(2), ConditionalPoisson.Fit(strata, 1)!.Slopes[0], 9);

        // Twice the offset explains it: nothing is left for x.
        Assert.Equal(
            0,
            ConditionalPoisson.Fit(
                [.. strata.Select(cells => (PoissonCell[])[cells[0] with { Offset = 2 }, cells[1]])],
                1)!.Slopes[0],
            9);
    }

    [Fact]
    public void Slope_is_found_where_exposure_follows_the_model_exactly() =>
        Gen.Select(Strata, Gen.Double[-2, 2]).Sample((strata, slope) => Assert.Equal(
            slope,
            ConditionalPoisson.Fit(
                [.. strata.Select(cells => cells.Select(
                    cell => cell with { Exposure = cell.Offset * Math.Exp(slope * cell.X[0]) }).ToArray())],
                1)!.Slopes[0],
            1e-6));

    [Fact]
    public void Shift_of_x_within_a_stratum_changes_nothing_and_its_unit_divides_the_slope() => Strata.Sample(strata =>
    {
        var slope = Fit(strata, (cell, x) => x);
        Assert.Equal(slope, Fit(strata, (cell, x) => x + (3 * cell.Question)), 1e-6);
        Assert.Equal(slope / 10, Fit(strata, (cell, x) => 10 * x), 1e-6);
        Assert.Equal(-slope, Fit(strata, (cell, x) => -x), 1e-6);
    });

    [Fact]
    public void Stratum_whose_cells_have_the_same_x_says_nothing() => Strata.Sample(strata =>
    {
        PoissonCell[] same = [new(99, 0, 1, [0.5], 7, 1), new(99, 1, 1, [0.5], 1, 1)];
        Assert.Equal(
            ConditionalPoisson.Fit(strata, 1)!.Slopes[0],
            ConditionalPoisson.Fit([.. strata, same], 1)!.Slopes[0],
            1e-6);
    });

    [Fact]
    public void Influences_sum_to_0_at_the_estimate_and_foretell_what_more_exposure_does() => Strata.Sample(strata =>
    {
        var fitted = ConditionalPoisson.Fit(strata, 1)!;
        Assert.Equal(0, fitted.Influences(0).Sum(cell => cell.Influence), 1e-6);

        // A stratum that counts a thousandth more moves the slope by a thousandth of its influence.
        var moved = ConditionalPoisson.Fit(
            [
                [.. strata[0].Select(cell => cell with { Exposure = 1.001 * cell.Exposure })],
                .. strata.Skip(1),
            ],
            1)!.Slopes[0] - fitted.Slopes[0];
        var influence = fitted.Influences(0).Where(cell => cell.Cell.Question == 0).Sum(cell => cell.Influence);
        Assert.Equal(influence / 1000, moved, 1e-5);
    });

    [Fact]
    public void Two_covariates_that_are_the_same_cannot_be_told_apart()
    {
        PoissonCell[][] strata = [[new(0, 0, 1, [1, 2], 2, 1), new(0, 1, 1, [0, 0], 1, 1)]];
        Assert.Null(ConditionalPoisson.Fit(strata, 2));
        Assert.Null(ConditionalPoisson.Fit([], 1));
    }

    private static double Fit(PoissonCell[][] strata, Func<PoissonCell, double, double> x) => ConditionalPoisson.Fit(
        [.. strata.Select(cells => cells.Select(cell => cell with { X = [x(cell, cell.X[0])] }).ToArray())],
        1)!.Slopes[0];
}
