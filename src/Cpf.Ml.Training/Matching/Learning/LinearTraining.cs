using System.Numerics;
using System.Runtime.InteropServices;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Training.Matching.Learning;

/// <param name="Jobs">Places of the jobs that the row leads to.</param>
/// <param name="Weight">How much the row counts.</param>
internal sealed record TrainingRow(SparseRow Row, int[] Jobs, float Weight);

/// <summary>Learns a weight for each feature and job from rows, one after the other in a seeded order.</summary>
/// <remarks>
/// References: Duchi, Hazan and Singer (2011), <i>Adaptive subgradient methods</i> (one accumulator a feature); Rifkin
/// and Klautau (2004), <i>In defense of one-vs-all classification</i>. Each job by itself, halves of the jobs are
/// learnt side by side and the result is the same on any number of processors.
/// </remarks>
internal static class LinearTraining
{
    private const float FirstRate = 1;
    private const float LastRate = 0.1f;

    /// <summary>A logistic regression for each job.</summary>
    /// <param name="prior">By job: share of fiches that declare it.</param>
    public static LinearModel OneVersusRest(
        IReadOnlyList<TrainingRow> rows, int features, float[] prior, int epochs, int seed)
    {
        var stride = LinearModel.StrideOf(prior.Length);
        var bias = Bias(prior, stride, share => MathF.Log(share / (1 - share)));
        var (weights, half) = (new float[features * stride], stride / 16 / 2 * 16);
        Parallel.Invoke(
            () => Learn(rows, features, weights, bias, 0, half, stride, epochs, seed, isChoice: false),
            () => Learn(rows, features, weights, bias, half, stride, stride, epochs, seed, isChoice: false));
        return new LinearModel(weights, bias);
    }

    /// <summary>One choice among the jobs; a row with several gives each its part.</summary>
    public static LinearModel Softmax(
        IReadOnlyList<TrainingRow> rows, int features, float[] prior, int epochs, int seed)
    {
        var stride = LinearModel.StrideOf(prior.Length);
        var (weights, bias) = (new float[features * stride], Bias(prior, stride, MathF.Log));
        Learn(rows, features, weights, bias, 0, stride, stride, epochs, seed, isChoice: true);
        return new LinearModel(weights, bias);
    }

    /// <summary>Places beyond the jobs can never be chosen.</summary>
    private static float[] Bias(float[] prior, int stride, Func<float, float> transform) =>
        [.. Enumerable.Range(0, stride)
            .Select(job => job < prior.Length ? transform(Math.Max(prior[job], 1e-5f)) : -30f)];

    private static void Learn(
        IReadOnlyList<TrainingRow> rows,
        int features, float[] weights, float[] bias, int from, int to, int stride, int epochs, int seed, bool isChoice)
    {
        var order = Enumerable.Range(0, rows.Count).ToArray();
        var (random, squares, errors) = (new Random(seed), new float[features], new float[to - from]);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            var rate = FirstRate + ((LastRate - FirstRate) * epoch / Math.Max(1, epochs - 1));
            foreach (var index in order)
            {
                var (row, jobs, weight) = rows[index];
                bias.AsSpan(from, to - from).CopyTo(errors);
                var sums = MemoryMarshal.Cast<float, Vector<float>>(errors.AsSpan());
                for (var i = 0; i < row.Places.Length; i++)
                {
                    var own = MemoryMarshal.Cast<float, Vector<float>>(
                        weights.AsSpan((row.Places[i] * stride) + from, to - from));
                    var value = new Vector<float>(row.Values[i]);
                    for (var j = 0; j < sums.Length; j++)
                    {
                        sums[j] += value * own[j];
                    }
                }

                if (isChoice)
                {
                    Shares(errors);
                }
                else
                {
                    Sigmoid(errors);
                }

                var target = isChoice ? 1f / jobs.Length : 1;
                foreach (var job in jobs)
                {
                    if (job >= from && job < to)
                    {
                        errors[job - from] -= target;
                    }
                }

                var square = Vector<float>.Zero;
                for (var j = 0; j < sums.Length; j++)
                {
                    square += sums[j] * sums[j];
                }

                var length = Vector.Sum(square) * weight * weight;
                for (var i = 0; i < row.Places.Length; i++)
                {
                    var (feature, value) = (row.Places[i], row.Values[i]);
                    squares[feature] += value * value * length;
                    var step = new Vector<float>(rate * weight * value / MathF.Sqrt(squares[feature] + 1e-12f));
                    var own =
                        MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan((feature * stride) + from, to - from));
                    for (var j = 0; j < sums.Length; j++)
                    {
                        own[j] -= step * sums[j];
                    }
                }
            }
        }
    }

    private static void Sigmoid(Span<float> scores)
    {
        var all = MemoryMarshal.Cast<float, Vector<float>>(scores);
        for (var j = 0; j < all.Length; j++)
        {
            all[j] = Vector<float>.One / (Vector<float>.One + Vector.Exp(-all[j]));
        }
    }

    private static void Shares(Span<float> scores)
    {
        var all = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var max = float.MinValue;
        foreach (var score in scores)
        {
            max = Math.Max(max, score);
        }

        var (shift, sum) = (new Vector<float>(max), Vector<float>.Zero);
        for (var j = 0; j < all.Length; j++)
        {
            all[j] = Vector.Exp(all[j] - shift);
            sum += all[j];
        }

        var whole = new Vector<float>(Vector.Sum(sum));
        for (var j = 0; j < all.Length; j++)
        {
            all[j] /= whole;
        }
    }
}
