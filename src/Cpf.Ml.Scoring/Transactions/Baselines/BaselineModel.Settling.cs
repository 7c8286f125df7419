using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>A new normal that a person has declared: what is usual moves to where the series runs now.</summary>
/// <remarks>
/// The shape of days and weeks and the size of the noise are kept, only the level moves: by a sum, and by a factor
/// where the metric is a volume, because more people are more at every time of day. The level is the mean of the middle
/// of a few points, so wild values do no harm.
/// </remarks>
internal sealed partial class BaselineModel
{
    /// <summary>As many as the window of residuals holds.</summary>
    public const int SettlingPoints = LocalLength;

    public bool IsSettling => _s.Settling > 0;

    /// <summary>Nothing happens before the usual interval is known: nothing is usual yet.</summary>
    public void BeginSettling()
    {
        if (_s.Interval == 0)
        {
            return;
        }

        _residuals.Clear();
        _s.Settling = SettlingPoints;
    }

    private void Settle(in PointAssessment assessment)
    {
        var seasonal = assessment.Scaled - assessment.Residual;
        _residuals.Add(double.IsFinite(assessment.Residual) ? assessment.Residual : 0);
        _s.Level = _residuals.Median;
        if (--_s.Settling == 0)
        {
            Move(seasonal, Middle(_residuals.Sorted), assessment.Scaled + assessment.CyclicComponent);
        }
    }

    /// <summary>Without a fifth at each end: steadier than the median, and as deaf to three wild values.</summary>
    private static double Middle(ReadOnlySpan<double> sorted)
    {
        var sum = 0.0;
        foreach (var value in sorted[3..^3])
        {
            sum += value;
        }

        return sum / (sorted.Length - 6);
    }

    /// <summary>For a day the level goes on as the mean of all that was seen of it: tests of long memory see the small
    /// error of fifteen points.</summary>
    private void Refine(double residual)
    {
        var shift = residual / (SettlingPoints + _s.Settled);
        _profile.Move(1, shift);
        _longValues.Move(1, shift);
        _s.Settled = _s.Settled < PointsPerDay ? _s.Settled + 1 : 0;
    }

    /// <param name="seasonal">What the curve says of now, on the scale of the kind; NaN when it says nothing.</param>
    /// <param name="offset">How far the series runs from it.</param>
    /// <param name="newest">The newest value.</param>
    private void Move(double seasonal, double offset, double newest)
    {
        var factor = _kind == MetricKind.Volume && seasonal > 0 ? Math.Max(0, (seasonal + offset) / seasonal) : 1;
        var shift = factor == 1 ? offset : 0;
        double To(double value) => (factor * value) + shift;

        var level = double.IsFinite(seasonal) ? seasonal + offset : newest;
        _profile.Move(factor, shift);
        _longValues.Move(factor, shift);
        _valueRange.Move(factor, shift);
        _levelRange.Move(factor, shift);
        _s.Origin = To(_s.Origin);

        // What was seen while people wondered belongs to neither past.
        _values.Clear();
        foreach (var residual in _residuals.Sorted)
        {
            _values.Add(level + residual - offset);
        }

        _residuals.Move(-offset);
        _lastValues.Fill(level - _s.Origin);
        _lastResiduals.Fill(0);
        (_s.Level, _s.Drift, _s.Sum, _s.Run, _s.Noise) = (0, 0, 0, 0, _s.RobustNoise);
        (_s.FastJump, _s.LastValue, _s.LastRaw, _s.Settled) = (_s.SlowJump, newest, newest, 1);
    }
}
