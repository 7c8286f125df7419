using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>How the baseline is learned from the points of a series.</summary>
internal sealed partial class BaselineModel
{
    private const int IntervalCount = 20;

    /// <summary>The long window is two days, so that each time of day is in it twice, and at most this.</summary>
    private const int MaxWindow = 1000;
    private const double NoiseRate = 0.02;

    /// <summary>Residuals enter the robust noise clipped to this many times itself, as for the seasonal
    /// profile.</summary>
    private const double MaxStep = 6;

    /// <summary>From this many values on, one far outside their range is clipped before it is learned.</summary>
    private const int MinCountToClip = 50;

    /// <summary>A point this rare does not move the expected value: it may be the first of an incident.</summary>
    private const double Suspicious = 0.001;

    /// <summary>Squared residuals of errors are clipped to this many variances: an incident is not
    /// overdispersion.</summary>
    private const double MaxSquaredResidual = 25;
    private const double SumDecay = 0.97;
    private const double SumDrift = 0.8;

    /// <summary>Observes the time of a point, valued or missing.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    public void Tick(long timestamp)
    {
        // The interval is the median of the first twenty: robust against a gap at the start.
        if (_s.Interval == 0 && _s.LastTimestamp > long.MinValue && timestamp > _s.LastTimestamp)
        {
            var intervals = _lastResiduals.Buffer[..IntervalCount];
            intervals[(int)_s.Intervals++] = timestamp - _s.LastTimestamp;
            if (_s.Intervals == IntervalCount)
            {
                intervals.Sort();
                _s.Interval = ((double)intervals[(IntervalCount / 2) - 1] + intervals[IntervalCount / 2]) / 2;
                intervals.Clear();
                _profile.Begin(PointsPerDay, _values.Median is var median && double.IsNaN(median) ? 0 : median);
            }
        }

        _s.LastTimestamp = timestamp;
    }

    /// <summary>Learns a point.</summary>
    /// <param name="input">The point.</param>
    /// <param name="assessment">Its assessment.</param>
    /// <param name="frozen">Whether an alert is open: then only the recent past follows the values, clipped.</param>
    public void Learn(in Observation input, in PointAssessment assessment, bool frozen)
    {
        if (IsSettling)
        {
            Settle(assessment);
            return;
        }

        var x = _s.Count < MinCountToClip ? assessment.Scaled : _valueRange.Clip(assessment.Scaled);
        var seasonal = assessment.Scaled - assessment.Residual;
        var residual = double.IsFinite(seasonal) ? x - seasonal : 0;
        var local = assessment.Scaled - assessment.LocalResidual;
        var surprisal = EvidenceCombination.Mean(assessment.Surprisals);
        if (frozen && Math.Abs(assessment.LocalResidual) > assessment.ClipDistance)
        {
            // Known to be anomalous: the expected value is stored in its place, so that the first ordinary point is
            // recognised as one.
            (x, residual, surprisal) = (local, double.IsFinite(seasonal) ? local - seasonal : 0, 0);
        }
        else
        {
            var (fast, slow) = Jumps(x);
            (_s.FastJump, _s.SlowJump) = (fast, frozen ? _s.SlowJump : slow);
        }

        if (_s.Count == 0)
        {
            _s.Origin = x;
        }

        var isSuspicious = assessment.IsWarm && assessment.PValue <= Suspicious;
        if (!frozen)
        {
            LearnBaseline(input, assessment, x, residual, isSuspicious);
        }

        // Means of the recent past learn an outlier clipped to the edge of the 99.9 % band: a lasting shift moves them,
        // a single spike hardly does.
        var clip = Math.Clamp(x - local, -assessment.ClipDistance, assessment.ClipDistance) - (x - local);
        clip = double.IsFinite(clip) ? clip : 0;
        _s.Drift += DriftRate * (residual + clip - _s.Drift);
        _s.Sum = Math.Max(0, (SumDecay * _s.Sum) + surprisal - SumDrift);
        _values.Add(x);
        _residuals.Add(residual);
        if (!frozen && !isSuspicious && double.IsFinite(seasonal))
        {
            _s.Level = _residuals.Median;
        }

        _lastValues.Add(x + clip - _s.Origin, _s.Count);
        if (_s.Interval > 0)
        {
            _lastResiduals.Add(residual + clip, _s.Count);
        }

        var raw = assessment.Scaled + assessment.CyclicComponent;
        _s.Run = _s.Count == 0 ? 0 : RunLength(raw);
        _s.LastRaw = raw;
        _s.LastValue = x;
        _s.Count++;
    }

    /// <summary>Learns what holds in ordinary times only: noise, profiles, long windows and ranges.</summary>
    private void LearnBaseline(
        in Observation input, in PointAssessment assessment, double x, double residual, bool isSuspicious)
    {
        var window = (int)Math.Min(2 * PointsPerDay, MaxWindow);
        _s.ZeroShare += ((input.Value == 0 ? 1 : 0) - _s.ZeroShare) * Math.Max(SlowRate, 1.0 / (_s.Count + 1));
        _longValues.Add(x, Math.Max(16, window));
        _longResiduals.Add(residual, Math.Max(16, window));
        var local = Math.Abs(residual - (_s.Count == 0 ? residual : _residuals.Median));
        var rate = Math.Max(NoiseRate, 1.0 / (_s.Count + 1));
        _s.Noise += (local - _s.Noise) * rate;
        _s.RobustNoise += ((_s.Count < MinCountToClip ? local : Math.Min(local, MaxStep * _s.RobustNoise))
            - _s.RobustNoise) * rate;
        if (input.Volume is >= 0 and < double.PositiveInfinity)
        {
            _s.Volume += (input.Volume - _s.Volume) * (_s.Volume == 0 ? 1 : SlowRate);
            LearnOverdispersion(input, assessment.Expected);
        }

        if (_s.Settled > 0)
        {
            Refine(residual);
        }

        if (_s.Interval > 0 && !isSuspicious)
        {
            var second = assessment.Hour.SecondOfDay(input.Timestamp);
            _profile.Learn(
                second, assessment.Hour.HourOfWeek, x, x - _profile.Expected(second, assessment.Hour.HourOfWeek));
        }

        if (_finder is not null && _s.Interval > 0)
        {
            SearchPeriod(_finder, input.Timestamp, x + assessment.CyclicComponent);
        }

        _cycle.Learn(input.Timestamp, assessment.LocalResidual + assessment.CyclicComponent, Noise);
        _valueRange.Add(x);
        if (_s.Count >= 30)
        {
            _residualRange.Add(residual);
            _levelRange.Add(MeanOfLast(x, LongLevel));
        }
    }

    private void SearchPeriod(PeriodFinder finder, long timestamp, double x)
    {
        finder.Add(timestamp, _s.Interval, x, Noise);
        if (finder.IsComplete)
        {
            if (finder.Find() is > 0 and var period)
            {
                _cycle.Restart(period);
            }

            _finder = null;
        }
    }

    /// <summary>Pearson's squared residual of the errors, whose mean is 1 + (n − 1)·ρ.</summary>
    private void LearnOverdispersion(in Observation input, double expectedRate)
    {
        var variance = expectedRate * (1 - expectedRate) / input.Volume;
        if (input.Value is >= 0 and <= 1 && variance is > 0 and < double.PositiveInfinity)
        {
            var distance = input.Value - expectedRate;
            var before = _s.Overdispersion == 0 ? 1 : _s.Overdispersion;
            _s.Overdispersion =
                before + ((Math.Min(MaxSquaredResidual, distance * distance / variance) - before) * SlowRate);
        }
    }
}
