using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// Position bias found in clicks of which the true bias is known: offers change places within ties, as rotation makes
/// them.
/// </summary>
internal static class PositionTrials
{
    private const int Questions = 400;
    private const double Exponent = 0.7;

    /// <summary>Ten positions, ties of about seven.</summary>
    public static readonly PositionWorld Short = new(Shown: 10, Pool: 20, Grades: 3);

    /// <summary>Sixteen positions, ties of six: fewer clicks at the last ones, longer chains to them.</summary>
    public static readonly PositionWorld Long = new(Shown: 16, Pool: 24, Grades: 4);

    /// <param name="impressions">Shown, in a trial.</param>
    /// <returns>Largest relative error over positions, mean and 95th percentile over trials, and share of intervals of
    /// 95 % that hold the truth; the same largest error of the chain of neighbours, and of raw click rates.</returns>
    public static PositionResult Run(PositionWorld world, int trials, int impressions, Progress progress)
    {
        var results = Enumerable.Range(1, trials).AsParallel().Select(seed =>
        {
            var trial = Trial(world, seed, impressions);
            progress.Step();
            return trial;
        }).ToList();
        var errors = results.Select(trial => trial.Error).Order().ToList();
        return new(
            errors.Average(),
            errors[(int)(0.95 * (errors.Count - 1))],
            results.Average(trial => trial.Covered),
            results.Average(trial => trial.Chain),
            results.Average(trial => trial.Naive));
    }

    private static (double Error, double Covered, double Chain, double Naive) Trial(
        PositionWorld world, int seed, int impressions)
    {
        var (shown, pool, levels) = world;
        var random = new Random(seed);
        var grades = Enumerable.Range(0, Questions)
            .Select(_ => Enumerable.Range(0, pool).Select(_ => random.Next(1, levels + 1)).ToArray()).ToArray();
        var seen = new int[Questions, pool, shown];
        var clicked = new int[Questions, pool, shown];
        var (keys, order) = (new double[pool], new int[pool]);
        for (var search = 0; search < impressions / shown; search++)
        {
            var question = random.Next(Questions);
            for (var offer = 0; offer < pool; offer++)
            {
                (keys[offer], order[offer]) = (-grades[question][offer] + random.NextDouble(), offer);
            }

            Array.Sort(keys, order);
            for (var i = 0; i < shown; i++)
            {
                seen[question, order[i], i]++;
                clicked[question, order[i], i] += random.NextDouble()
                    < Truth(i + 1) * SearchWorld.Attraction(grades[question][order[i]] / (double)levels) ? 1 : 0;
            }
        }

        var items = new List<(int, (int, double, double)[])>();
        var flat = new List<RankClicks>();
        for (var question = 0; question < Questions; question++)
        {
            for (var offer = 0; offer < pool; offer++)
            {
                var cells = Enumerable.Range(0, shown).Where(i => seen[question, offer, i] > 0).Select(
                    i => (i + 1, (double)seen[question, offer, i], (double)clicked[question, offer, i])).ToArray();
                items.Add((question, cells));
                flat.AddRange(
                    cells.Select(cell => new RankClicks($"{question} {offer}", cell.Item1, cell.Item2, cell.Item3)));
            }
        }

        var fitted = ConditionalPositionBias.Fit(items);
        var naive = PositionBias.NaiveRates(flat);
        return (
            fitted.Max(position => Math.Abs((position.Theta / Truth(position.Rank)) - 1)),
            fitted.Skip(1).Average(
                position => position.Low <= Truth(position.Rank) && Truth(position.Rank) <= position.High ? 1.0 : 0),
            PositionBias.AdjacentChain(flat).Index().Max(entry => Math.Abs((entry.Item / Truth(entry.Index + 1)) - 1)),
            naive.Index().Max(entry => Math.Abs((entry.Item / naive[0] / Truth(entry.Index + 1)) - 1)));
    }

    private static double Truth(int rank) => Math.Pow(rank, -Exponent);
}

/// <param name="Error">Largest relative error over positions, mean over trials.</param>
/// <param name="Error95">Of one trial in twenty it is larger.</param>
/// <param name="Coverage">Of intervals of 95 %.</param>
/// <param name="Chain">Largest error of the chain of neighbours.</param>
/// <param name="Naive">Of raw click rates.</param>
internal sealed record PositionResult(double Error, double Error95, double Coverage, double Chain, double Naive);

/// <param name="Shown">Positions.</param>
/// <param name="Pool">Offers of a question.</param>
/// <param name="Grades">Degrees of relevance among them.</param>
internal sealed record PositionWorld(int Shown, int Pool, int Grades);
