using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>A weight for each feature and job.</summary>
public sealed class LinearModel
{
    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <param name="weights">By feature, then job; <see cref="Stride"/> a feature.</param>
    /// <param name="bias">By job; as long as the stride.</param>
    public LinearModel(float[] weights, float[] bias) => (_weights, _bias) = (weights, bias);

    /// <summary>Jobs, rounded up to sixteen so that they fill vectors.</summary>
    public int Stride => _bias.Length;

    public static int StrideOf(int jobs) => (jobs + 15) / 16 * 16;

    /// <param name="scores">As long as the stride: what each job gets.</param>
    public void Score(SparseRow row, Span<float> scores)
    {
        _bias.CopyTo(scores);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(scores);
        for (var i = 0; i < row.Places.Length; i++)
        {
            var weights = MemoryMarshal.Cast<float, Vector<float>>(_weights.AsSpan(row.Places[i] * Stride, Stride));
            var value = new Vector<float>(row.Values[i]);
            for (var j = 0; j < sums.Length; j++)
            {
                sums[j] += value * weights[j];
            }
        }
    }

    /// <summary>What a feature adds to a job's score, exactly.</summary>
    public float Contribution(int feature, float value, int job) => value * _weights[(feature * Stride) + job];
}
