namespace Cpf.Ml.Scoring.Statistics;

/// <summary>A ring buffer of the last values of a sequence, for the mean of any number of the newest ones.</summary>
/// <remarks>Single precision: values should be small, such as distances from a typical value. The caller counts the
/// values added.</remarks>
internal sealed class MeanWindow(int length)
{
    private readonly float[] _values = new float[length];

    /// <summary>The buffer itself, which may serve another use before the first value.</summary>
    public Span<float> Buffer => _values;

    /// <summary>Mean of the newest values, <paramref name="next"/> included.</summary>
    /// <param name="next">Counted as the newest, not added.</param>
    /// <param name="last">Number of values, <paramref name="next"/> included; at most the window's length.</param>
    /// <param name="count">Values added so far.</param>
    public double Mean(double next, int last, long count)
    {
        var sum = next;
        var held = (int)Math.Min(last - 1, count);
        var index = (int)(count % _values.Length);
        for (var i = 0; i < held; i++)
        {
            index = index == 0 ? _values.Length - 1 : index - 1;
            sum += _values[index];
        }

        return sum / (held + 1);
    }

    /// <summary>Adds a value in place of the oldest.</summary>
    /// <param name="value">The newest.</param>
    /// <param name="count">Values added before it.</param>
    public void Add(double value, long count) => _values[count % _values.Length] = (float)value;

    public void Fill(double value) => _values.AsSpan().Fill((float)value);

    public void Write(StateWriter writer) => writer.Array<float>(_values);

    public void Read(ref StateReader reader) => reader.Array<float>(_values);

    /// <summary>Reads a state in double precision, as versions 1 and 2 wrote it, into distances from an
    /// origin.</summary>
    /// <param name="reader">At the position where the window started.</param>
    /// <param name="fromFirst">Whether the origin is the first value of the window; otherwise it is 0.</param>
    /// <returns>The origin.</returns>
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
