namespace Cpf.Ml.Scoring.Statistics;

/// <summary>The last values of a sequence, for means of the last few or all of them.</summary>
/// <remarks>Single precision: hand in what is small, a distance from a typical value. Who uses it counts the
/// values.</remarks>
internal sealed class MeanWindow(int length)
{
    private readonly float[] _values = new float[length];

    /// <summary>Its places, for another use before the first value.</summary>
    public Span<float> Places => _values;

    /// <param name="next">Counted as the newest, not yet added.</param>
    /// <param name="last">How many, <paramref name="next"/> among them; at most the window's length.</param>
    /// <param name="count">Values added so far.</param>
    public double Mean(double next, int last, long count)
    {
        var sum = next;
        var held = (int)Math.Min(last - 1, count);
        var at = (int)(count % _values.Length);
        for (var i = 0; i < held; i++)
        {
            at = at == 0 ? _values.Length - 1 : at - 1;
            sum += _values[at];
        }

        return sum / (held + 1);
    }

    /// <param name="value">The newest.</param>
    /// <param name="count">Values added before it.</param>
    public void Add(double value, long count) => _values[count % _values.Length] = (float)value;

    public void Fill(double value) => _values.AsSpan().Fill((float)value);

    public void Write(StateWriter writer) => writer.Array<float>(_values);

    public void Read(ref StateReader reader) => reader.Array<float>(_values);

    /// <summary>Reads what was written in double precision, as distances from an origin.</summary>
    /// <returns>The origin: the first value of the window.</returns>
    public double ReadDoubles(ref StateReader reader, bool fromFirst)
    {
        Span<double> values = stackalloc double[_values.Length];
        reader.Array(values);
        var origin = fromFirst ? values[0] : 0;
        for (var i = 0; i < values.Length; i++)
        {
            _values[i] = (float)(values[i] - origin);
        }

        return origin;
    }
}
