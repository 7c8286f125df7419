using Cpf.Ml.Scoring.Statistics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Statistics;

/// <summary>Online formulas against their batch form.</summary>
public sealed class WindowTests
{
    private static readonly Gen<double> Value =
        Gen.OneOf(Gen.Double[-1e3, 1e3], Gen.Int[-3, 3].Select(i => (double)i), Gen.Double[1e-9, 1e9]);

    [Fact]
    public void Median_is_that_of_the_last_values() =>
        Gen.Select(Value.Array[1, 120], Gen.Int[1, 31]).Sample((values, length) =>
        {
            var window = new MedianWindow(length);
            for (var i = 0; i < values.Length; i++)
            {
                window.Add(values[i]);
                var last = values[Math.Max(0, i + 1 - length)..(i + 1)].Order().ToArray();
                var median = (last[(last.Length - 1) / 2] + last[last.Length / 2]) / 2;
                if (window.Median != median)
                {
                    return false;
                }
            }

            return true;
        });

    [Fact]
    public void Median_of_an_empty_window_is_NaN() => Assert.True(double.IsNaN(new MedianWindow(5).Median));

    [Fact]
    public void Running_moments_equal_the_batch_formula() =>
        Value.Array[1, 300]
            .Sample(values => Same(values.Aggregate(default(RunningMoments), (m, x) => m.Add(x)), values));

    [Fact]
    public void Merged_moments_equal_those_of_all_values() =>
        Gen.Select(Value.Array[0, 100], Value.Array[0, 100]).Where((a, b) => a.Length + b.Length > 0).Sample((a, b) =>
        {
            RunningMoments Of(double[] values) => values.Aggregate(default(RunningMoments), (m, x) => m.Add(x));
            return Same(Of(a).Merge(Of(b)), [.. a, .. b]);
        });

    [Fact]
    public void Block_moments_cover_the_window_plus_a_sixteenth_at_most() =>
        Gen.Select(Value.Array[1, 500], Gen.Int[16, 200]).Sample((values, length) =>
        {
            var blocks = new BlockMoments();
            for (var i = 0; i < values.Length; i++)
            {
                blocks.Add(values[i], length);
                var count = (int)blocks.Moments.Count;
                var block = length / 16;
                var complete = count == i + 1 || (count >= 16 * block && count <= 17 * block);
                if (!complete || !Same(blocks.Moments, values[(i + 1 - count)..(i + 1)]))
                {
                    return false;
                }
            }

            return true;
        });

    private static bool Same(RunningMoments moments, double[] values)
    {
        var mean = values.Average();
        var variance = values.Length < 2 ? 0 : values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        var scale = values.Max(Math.Abs) + double.Epsilon;
        return moments.Count == values.Length
            && Math.Abs(moments.Mean - mean) <= 1e-10 * scale
            && Math.Abs(moments.Variance - variance) <= 1e-10 * scale * scale;
    }
}
