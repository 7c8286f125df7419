using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Training.Neutrality.Learning;

/// <summary>What a model is worth on questions that it has not seen, by their clicks weighed by 1/θ.</summary>
/// <param name="Engine">nDCG of what was shown, in the engine's order.</param>
/// <param name="Model">The same in the model's order.</param>
/// <param name="Low">Of the difference, 95 %, by drawing questions.</param>
/// <param name="High">Of the difference, 95 %.</param>
/// <param name="Importance">nDCG of the model's lost when a feature is shuffled, as a share of all such losses.</param>
internal sealed record RelevanceCheck(
    double Engine, double Model, double Low, double High, ImmutableSortedDictionary<string, double> Importance)
{
    private const int Draws = 1000;

    /// <param name="blind">Of each fold the model that has not seen it.</param>
    public static RelevanceCheck Compare(RelevanceExamples examples, ImmutableArray<RelevanceModel> blind)
    {
        var (gains, lost, random) = (new List<(double Engine, double Model)>(),
            new double[examples.Features.Length], new Random(1));
        foreach (var question in examples.All.GroupBy(one => one.Question)
            .OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            var (model, ideal) = (blind[question[0].Meaning % RelevanceTrees.Folds], Gain(question, one => -one.Rate));
            if (question.Length < 2 || ideal <= 0)
            {
                continue;
            }

            var own = Gain(question, one => -model.Of(one.Features)) / ideal;
            gains.Add((Gain(question, one => one.Rank) / ideal, own));
            for (var i = 0; i < lost.Length; i++)
            {
                lost[i] += own - (Gain(Shuffled(question, i, random), one => -model.Of(one.Features)) / ideal);
            }
        }

        if (gains.Count == 0)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, ImmutableSortedDictionary<string, double>.Empty);
        }

        var differences = Drawn([.. gains.Select(one => one.Model - one.Engine)]);
        var all = Math.Max(1e-12, lost.Sum(one => Math.Max(0, one)));
        return new(
            gains.Average(one => one.Engine),
            gains.Average(one => one.Model), differences[(int)(0.025 * Draws)], differences[(int)(0.975 * Draws)],
            examples.Features.Select((name, i) => (name, Share: Math.Max(0, lost[i]) / all))
                .ToImmutableSortedDictionary(one => one.name, one => one.Share, StringComparer.Ordinal));
    }

    private static double Gain(RelevanceExample[] question, Func<RelevanceExample, double> key) =>
        RankSimilarity.DiscountedGain(question.OrderBy(key).Select(one => one.Rate));

    /// <summary>The same offers, one feature dealt anew among them; what came of them stays.</summary>
    private static RelevanceExample[] Shuffled(RelevanceExample[] question, int feature, Random random)
    {
        double[] values = [.. question.Select(one => one.Features[feature])];
        random.Shuffle(values);
        return [.. question.Select((one, i) =>
            one with { Features = [.. one.Features.Select((value, place) => place == feature ? values[i] : value)] })];
    }

    private static double[] Drawn(double[] values)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Draws)
            .Select(_ => Enumerable.Range(0, values.Length).Average(_ => values[random.Next(values.Length)])).Order()];
    }
}
