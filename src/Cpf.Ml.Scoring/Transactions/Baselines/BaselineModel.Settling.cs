using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>A new normal that a person has declared: the baseline moves to the current level.</summary>
/// <remarks>
/// The shape of days and weeks and the size of the noise are kept, only the level moves: by a shift, and by a factor
/// where the metric is a volume, because more users are more at every time of day. The level is a trimmed mean of a few
/// points, so that outliers do no harm.
/// </remarks>
internal sealed partial class BaselineModel
{
    /// <summary>Points from which the new level is estimated: as many as the window of residuals holds.</summary>
    public const int SettlingPoints = LocalLength;

    /// <summary>Whether the new level is being estimated.</summary>
    public bool IsSettling => _s.Settling > 0;

    /// <summary>Starts the estimation of a new level; without effect before the interval is known, when there is no
    /// baseline yet.</summary>
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
            Move(seasonal, TrimmedMean(_residuals.Sorted), assessment.Scaled + assessment.CyclicComponent);
        }
    }

    /// <summary>Without a fifth at each end: more efficient than the median, and as robust against three
    /// outliers.</summary>
    private static double TrimmedMean(ReadOnlySpan<double> sorted)
    {
        var sum = 0.0;
        foreach (var value in sorted[3..^3])
        {
            sum += value;
        }

        return sum / (sorted.Length - 6);
    }

    /// <summary>For a day the level remains the mean of all its points: tests with a long memory respond to the small
    /// error of fifteen points.</summary>
    private void Refine(double residual)
    {
        var shift = residual / (SettlingPoints + _s.Settled);
        _profile.Move(1, shift);
        _longValues.Move(1, shift);
        _s.Settled = _s.Settled < PointsPerDay ? _s.Settled + 1 : 0;
    }

    /// <summary>Moves the baseline and resets the recent past.</summary>
    /// <param name="seasonal">The seasonal baseline of now, on the scale of the kind; NaN when unknown.</param>
    /// <param name="offset">Distance of the new level from it.</param>
    /// <param name="newest">The newest value.</param>
    private void Move(double seasonal, double offset, double newest)
    {
        var factor = _kind == MetricKind.Volume && seasonal > 0 ? Math.Max(0, (seasonal + offset) / seasonal) : 1;
        var shift = factor == 1 ? offset : 0;

        var level = double.IsFinite(seasonal) ? seasonal + offset : newest;
        _profile.Move(factor, shift);
        _longValues.Move(factor, shift);
        _valueRange.Move(factor, shift);
        _levelRange.Move(factor, shift);
        _s.Origin = (factor * _s.Origin) + shift;

        // The points between the change and its declaration belong to neither level.
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
