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
        foreach (var question in examples.All.GroupBy(example => example.Question)
            .OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            var (model, ideal) = (blind[question[0].Meaning % RelevanceTrees.Folds],
                Gain(question, example => -example.Rate));
            if (question.Length < 2 || ideal <= 0)
            {
                continue;
            }

            var own = Gain(question, example => -model.Predict(example.Features)) / ideal;
            gains.Add((Gain(question, example => example.Rank) / ideal, own));
            for (var i = 0; i < lost.Length; i++)
            {
                lost[i] += own
                    - (Gain(Shuffled(question, i, random), example => -model.Predict(example.Features)) / ideal);
            }
        }

        if (gains.Count == 0)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, ImmutableSortedDictionary<string, double>.Empty);
        }

        var differences = Drawn([.. gains.Select(gain => gain.Model - gain.Engine)]);
        var all = Math.Max(1e-12, lost.Sum(value => Math.Max(0, value)));
        return new(
            gains.Average(gain => gain.Engine),
            gains.Average(gain => gain.Model), differences[(int)(0.025 * Draws)], differences[(int)(0.975 * Draws)],
            examples.Features.Select((name, i) => (name, Share: Math.Max(0, lost[i]) / all))
                .ToImmutableSortedDictionary(row => row.name, row => row.Share, StringComparer.Ordinal));
    }

    private static double Gain(RelevanceExample[] question, Func<RelevanceExample, double> key) =>
        RankSimilarity.DiscountedGain(question.OrderBy(key).Select(example => example.Rate));

    /// <summary>The same offers, one feature dealt anew among them; what came of them stays.</summary>
    private static RelevanceExample[] Shuffled(RelevanceExample[] question, int feature, Random random)
    {
        double[] values = [.. question.Select(example => example.Features[feature])];
        random.Shuffle(values);
        return [.. question.Select((example, i) =>
            example with { Features =
                [.. example.Features.Select((value, index) => index == feature ? values[i] : value)] })];
    }

    private static double[] Drawn(double[] values)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Draws)
            .Select(_ => Enumerable.Range(0, values.Length).Average(_ => values[random.Next(values.Length)])).Order()];
    }
}
