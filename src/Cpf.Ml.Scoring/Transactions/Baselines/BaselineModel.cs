using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Calendar;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The recent and seasonal baseline of a series, and the test statistics of a point against it.</summary>
internal sealed partial class BaselineModel(MetricKind kind)
{
    private const int MedianLength = 31;
    private const int LocalLength = 15;
    private const int LongLevel = 48;
    private const int SlowLength = 60;

    /// <summary>Shorter runs of equal values are an artefact of sampling: a query before the next scrape returns the
    /// last value again.</summary>
    private const int MinRun = 5;
    private const double FastRate = 1.0 / 12;
    private const double SlowRate = 0.001;

    /// <summary>Noise is never less than this share of the spread: a profile that fits perfectly is not infinitely
    /// certain.</summary>
    private const double NoiseFloor = 0.001;

    /// <summary>A ratio of jumps below a hundredth counts as a hundredth: a flat line does not become more anomalous
    /// the longer it lasts.</summary>
    private const double JumpFloor = 0.01;

    /// <summary>Expected error rate where none was ever seen in a million attempts: the next one is still
    /// possible.</summary>
    private const double MinRate = 1e-6;

    /// <summary>Mean absolute deviation to standard deviation, of a normal distribution: √(π/2).</summary>
    private const double MeanToStandard = 1.2533141373155001;

    private readonly MetricKind _kind = kind;
    private readonly SeasonalProfile _profile = new();
    private readonly MedianWindow _values = new(MedianLength);
    private readonly MedianWindow _residuals = new(LocalLength);
    private readonly BlockMoments _longValues = new();
    private readonly BlockMoments _longResiduals = new();
    private readonly CycleProfile _cycle = new();
    private PeriodFinder? _finder = new();
    private readonly MeanWindow _lastValues = new(LongLevel);
    private readonly MeanWindow _lastResiduals = new(SlowLength);
    private RecordRange _valueRange = new();
    private RecordRange _residualRange = new();
    private RecordRange _levelRange = new();
    private SmallState _s = new() { LastTimestamp = long.MinValue };

    /// <summary>Values learned.</summary>
    public long Count => _s.Count;

    /// <summary>The last value as it was learned, on the scale of the kind.</summary>
    public double LastValue => _s.LastValue;

    /// <summary>Typical time between points, milliseconds; 0 before 20 points.</summary>
    public double Interval => _s.Interval;

    /// <summary>At least 4; a guess of one point in five minutes before 20 points.</summary>
    public double PointsPerDay => _s.Interval > 0 ? Math.Max(4, Math.Round(86_400_000 / _s.Interval)) : 288;

    /// <summary>Mean absolute local residual, on the scale of the kind.</summary>
    public double Noise => _s.Noise + (NoiseFloor * Math.Sqrt(_longResiduals.Moments.Variance));

    /// <summary>The same with residuals clipped, so that the first points of an incident, which come before it is
    /// detected, do not widen the bands.</summary>
    public double RobustNoise => _s.RobustNoise + (NoiseFloor * Math.Sqrt(_longResiduals.Moments.Variance));

    /// <summary>The baselines of a moment.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="hour">The local hour of the timestamp.</param>
    public Baseline BaselineAt(long timestamp, LocalHour hour)
    {
        var seasonal = _s.Interval > 0 ? _profile.Expected(hour.SecondOfDay(timestamp), hour.HourOfWeek) : double.NaN;
        var median = _values.Median;
        return double.IsNaN(seasonal)
            ? new Baseline(median, median, median)
            : new Baseline(seasonal, seasonal + _s.Level, median);
    }

    /// <summary>The component of the hourly or found cycle at a time, beyond the seasonal baseline.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    public double CyclicComponent(long timestamp) => _cycle.Component(timestamp, _s.Interval, Noise);

    /// <summary>How much of the series is periodic.</summary>
    public Seasonality Seasonality
    {
        get
        {
            var (all, left) = (_longValues.Moments.Variance, _longResiduals.Moments.Variance);
            return new Seasonality(
                all > 0 ? Math.Clamp(1 - (left / all), 0, 1) : 0,
                _cycle.HasComponent(Noise) ? TimeSpan.FromMilliseconds(_cycle.Length) : TimeSpan.Zero);
        }
    }

    /// <summary>The seasonal baseline in the middle of an hour of the week.</summary>
    /// <param name="hourOfWeek">0–167, Monday 00 h first.</param>
    public double WeeklyBaseline(int hourOfWeek) => _profile.Expected(((hourOfWeek % 24) + 0.5) * 3600, hourOfWeek);

    /// <summary>Shrinks a share of few attempts towards the baseline, by the root of its relative volume.</summary>
    public double ShrinkByVolume(double x, double volume, in Baseline baseline) =>
        volume is >= 0 and < double.PositiveInfinity && _s.Volume > 0 && !double.IsNaN(baseline.Local)
            ? baseline.Local + (Math.Min(1, Math.Sqrt(volume / _s.Volume)) * (x - baseline.Local))
            : x;

    /// <summary>Normal score of an error rate by its number of attempts; NaN where either is unknown.</summary>
    /// <param name="rate">Observed share of errors, in [0, 1].</param>
    /// <param name="attempts">Attempts behind it.</param>
    /// <param name="expectedRate">Share of errors that was expected.</param>
    public double ErrorScore(double rate, double attempts, double expectedRate) =>
        attempts is > 0 and < double.PositiveInfinity && _s.Volume > 0 && double.IsFinite(expectedRate)
            ? BinomialTail.Score(Math.Clamp(rate, 0, 1) * attempts,
                attempts, Math.Clamp(expectedRate, MinRate, 1 - MinRate), Correlation)
            : double.NaN;

    /// <summary>Correlation ρ between the attempts of one point, from the overdispersion of the errors.</summary>
    private double Correlation => Math.Clamp((_s.Overdispersion - 1) / Math.Max(1, _s.Volume - 1), 0, 1);

    /// <summary>A local residual in standard deviations of the noise; 0 while there is none.</summary>
    public double NoiseUnits(double localResidual) =>
        Noise is > 0 and var noise ? localResidual / (MeanToStandard * noise) : 0;

    /// <summary>Smallest distance from the baselines, in standard deviations of the long window.</summary>
    public double EffectSize(double x, in Baseline baseline)
    {
        var spread = Math.Sqrt(_longValues.Moments.Variance);
        return spread > 0 ? Math.Min(Math.Abs(x - baseline.Median), Math.Abs(x - baseline.Seasonal)) / spread : 0;
    }

    /// <summary>The test statistics of a point; all 0 for the first one.</summary>
    /// <param name="x">On the scale of the kind, less the cyclic component.</param>
    /// <param name="raw">With the cyclic component.</param>
    /// <param name="baseline">The baselines of its moment.</param>
    /// <param name="level">Mean of the last 48 values, this one included.</param>
    public TestValues Statistics(double x, double raw, in Baseline baseline, out double level)
    {
        var a = default(TestValues);
        level = MeanOfLast(x, LongLevel);
        if (_s.Count == 0)
        {
            return a;
        }

        var residual = x - baseline.Seasonal;
        var local = Noise is > 0 and var noise ? (residual - _residuals.Median) / noise : 0;
        var longMean = _longValues.Moments.Mean;
        a[(int)SeriesTest.Point] = x - baseline.Median;
        a[(int)SeriesTest.TimeOfDay] = residual;
        a[(int)SeriesTest.Difference] = x - _s.LastValue;
        a[(int)SeriesTest.Level4] = MeanOfLast(x, 4) - baseline.Median;
        a[(int)SeriesTest.Local] = double.IsFinite(local) ? local : 0;
        a[(int)SeriesTest.Level12] = MeanOfLast(x, 12) - longMean;
        a[(int)SeriesTest.Level48] = level - longMean;
        a[(int)SeriesTest.Slow60] = MeanOfSlow(residual);
        a[(int)SeriesTest.Drift] = _s.Drift + (DriftRate * (residual - _s.Drift));
        var (fast, slow) = Jumps(x);
        a[(int)SeriesTest.Variance] = slow > 0 ? Math.Log((fast / slow) + JumpFloor) : 0;
        a[(int)SeriesTest.Sustained] = _s.Sum;
        a[(int)SeriesTest.FlatLine] = RunLength(raw) is var run and >= MinRun ? run : 0;
        return a;
    }

    /// <summary>Share of recent values that were exactly 0, where this one is; 1 for any other value.</summary>
    /// <param name="value">In the unit of the series.</param>
    public double ZeroPValue(double value) => value == 0 ? Math.Max(_s.ZeroShare, 1.0 / (_s.Count + 1)) : 1;

    /// <summary>How far value, residual and level lie beyond their ranges.</summary>
    public RecordValues Records(double x, in Baseline baseline, double level)
    {
        var records = default(RecordValues);
        records[0] = _valueRange.Overshoot(x);
        records[1] = _residualRange.Overshoot(x - baseline.Seasonal);
        records[2] = _levelRange.Overshoot(level);
        return records;
    }

    private double DriftRate => 1 / Math.Min(PointsPerDay, 1440);

    private long RunLength(double raw) => raw == _s.LastRaw ? Math.Min(SlowLength, _s.Run + 1) : 0;

    /// <summary>Mean absolute difference of successive values, over about 12 and 1 000 of them.</summary>
    private (double Fast, double Slow) Jumps(double x)
    {
        if (_s.Count == 0)
        {
            return (0, 0);
        }

        var jump = Math.Abs(x - _s.LastValue);
        return (_s.FastJump + ((jump - _s.FastJump) * Math.Max(FastRate, 1.0 / _s.Count)),
            _s.SlowJump + ((jump - _s.SlowJump) * Math.Max(SlowRate, 1.0 / _s.Count)));
    }

    private double MeanOfLast(double x, int length) => _s.Origin + _lastValues.Mean(x - _s.Origin, length, _s.Count);

    private double MeanOfSlow(double residual) =>
        _s.Interval == 0 ? residual : _lastResiduals.Mean(residual, SlowLength, _s.Count);
}
