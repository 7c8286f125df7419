using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>A weight for each feature and job.</summary>
internal sealed class LinearModel
{
    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <param name="weights">By feature, then job; <see cref="Stride"/> a feature. Rounded to halves, as files hold
    /// them: a model scores alike before it is written and after.</param>
    /// <param name="bias">By job; as long as the stride.</param>
    public LinearModel(float[] weights, float[] bias) =>
        (_weights, _bias) = (Array.ConvertAll(weights, weight => (float)(Half)weight), bias);

    /// <summary>Jobs, rounded up to sixteen so that they fill vectors.</summary>
    public int Stride => _bias.Length;

    public static int StrideOf(int jobs) => (jobs + 15) / 16 * 16;

    /// <param name="row">Features of a certification.</param>
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

    internal static LinearModel Read(BinaryReader reader)
    {
        var bias = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(bias.AsSpan()));
        var weights = new Half[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new LinearModel(Array.ConvertAll(weights, weight => (float)weight), bias);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(_bias.Length);
        writer.Write(MemoryMarshal.AsBytes(_bias.AsSpan()));
        writer.Write(_weights.Length);
        writer.Write(MemoryMarshal.AsBytes(Array.ConvertAll(_weights, weight => (Half)weight).AsSpan()));
    }
}
