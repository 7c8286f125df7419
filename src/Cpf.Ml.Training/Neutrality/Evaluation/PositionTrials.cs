using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>Position bias found in clicks of which the true bias is known: ten positions, offers that change places within ties of about seven, as rotation makes them.</summary>
internal static class PositionTrials
{
    private const int Questions = 400;
    private const int Pool = 20;
    private const int Shown = 10;
    private const int Grades = 3;
    private const double Exponent = 0.7;

    /// <param name="impressions">Shown, in a trial.</param>
    /// <returns>Largest relative error over positions, mean and 95th percentile over trials, and share of intervals of 95 % that hold the truth; the same largest error of the chain of neighbours, and of raw click rates.</returns>
    public static PositionResult Run(int trials, int impressions)
    {
        var results = Enumerable.Range(1, trials).AsParallel().Select(seed => Trial(seed, impressions)).ToList();
        var errors = results.Select(one => one.Error).Order().ToList();
        return new(errors.Average(), errors[(int)(0.95 * (errors.Count - 1))], results.Average(one => one.Covered), results.Average(one => one.Chain), results.Average(one => one.Naive));
    }

    private static (double Error, double Covered, double Chain, double Naive) Trial(int seed, int impressions)
    {
        var random = new Random(seed);
        var grades = Enumerable.Range(0, Questions).Select(_ => Enumerable.Range(0, Pool).Select(_ => random.Next(1, Grades + 1)).ToArray()).ToArray();
        var seen = new int[Questions, Pool, Shown];
        var clicked = new int[Questions, Pool, Shown];
        var (keys, order) = (new double[Pool], new int[Pool]);
        for (var search = 0; search < impressions / Shown; search++)
        {
            var question = random.Next(Questions);
            for (var offer = 0; offer < Pool; offer++)
            {
                (keys[offer], order[offer]) = (-grades[question][offer] + random.NextDouble(), offer);
            }

            Array.Sort(keys, order);
            for (var i = 0; i < Shown; i++)
            {
                seen[question, order[i], i]++;
                clicked[question, order[i], i] += random.NextDouble() < Truth(i + 1) * SearchWorld.Attraction(grades[question][order[i]] / (double)Grades) ? 1 : 0;
            }
        }

        var items = new List<(int, (int, double, double)[])>();
        var flat = new List<RankClicks>();
        for (var question = 0; question < Questions; question++)
        {
            for (var offer = 0; offer < Pool; offer++)
            {
                var cells = Enumerable.Range(0, Shown).Where(i => seen[question, offer, i] > 0).Select(i => (i + 1, (double)seen[question, offer, i], (double)clicked[question, offer, i])).ToArray();
                items.Add((question, cells));
                flat.AddRange(cells.Select(cell => new RankClicks($"{question} {offer}", cell.Item1, cell.Item2, cell.Item3)));
            }
        }

        var fitted = ConditionalPositionBias.Fit(items);
        var naive = PositionBias.NaiveRates(flat);
        return (
            fitted.Max(one => Math.Abs((one.Theta / Truth(one.Rank)) - 1)), fitted.Skip(1).Average(one => one.Low <= Truth(one.Rank) && Truth(one.Rank) <= one.High ? 1.0 : 0),
            PositionBias.AdjacentChain(flat).Index().Max(one => Math.Abs((one.Item / Truth(one.Index + 1)) - 1)), naive.Index().Max(one => Math.Abs((one.Item / naive[0] / Truth(one.Index + 1)) - 1)));
    }

    private static double Truth(int rank) => Math.Pow(rank, -Exponent);
}

/// <param name="Error">Largest relative error over positions, mean over trials.</param>
/// <param name="Error95">Of one trial in twenty it is larger.</param>
/// <param name="Coverage">Of intervals of 95 %.</param>
/// <param name="Chain">Largest error of the chain of neighbours.</param>
/// <param name="Naive">Of raw click rates.</param>
internal sealed record PositionResult(double Error, double Error95, double Coverage, double Chain, double Naive);
