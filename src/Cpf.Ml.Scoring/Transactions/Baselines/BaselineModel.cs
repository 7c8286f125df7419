using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Calendar;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>What is usual at a moment, on the scale of the kind.</summary>
/// <param name="Seasonal">By time of day and week.</param>
/// <param name="Local">The same, shifted by how the series has run against it lately.</param>
/// <param name="Median">Median of the last 31 values.</param>
internal readonly record struct Baseline(double Seasonal, double Local, double Median);

/// <summary>The recent and seasonal past of a series, from which the tests take their statistics.</summary>
internal sealed partial class BaselineModel(MetricKind kind)
{
    private const int MedianLength = 31;
    private const int LocalLength = 15;
    private const int LongLevel = 48;
    private const int SlowLength = 60;
    private const int IntervalCount = 20;

    /// <summary>Fewer equal values in a row are the doing of whoever samples: a query that comes before the next scrape
    /// sees the last value again.</summary>
    private const int MinRun = 5;

    /// <summary>The long window is two days, so that each time of day is in it twice, and at most this.</summary>
    private const int MaxWindow = 1000;
    private const double NoiseRate = 0.02;
    private const double FastRate = 1.0 / 12;

    /// <summary>As for the curve of the day.</summary>
    private const double MaxStep = 6;
    private const double SlowRate = 0.001;

    /// <summary>Noise is never less than this share of the spread: a curve that fits perfectly is not infinitely
    /// sure.</summary>
    private const double NoiseFloor = 0.001;
    /// <summary>From this many values on, one that lies far outside all of them is learnt as a smaller one.</summary>
    private const int MinCountToClip = 50;

    /// <summary>Jumps a hundred times smaller than usual are as flat as can be: a line does not become stranger the
    /// longer it is flat.</summary>
    private const double JumpFloor = 0.01;

    /// <summary>So rare a point does not move what is expected: it may be the first of an incident.</summary>
    private const double Suspicious = 0.001;

    /// <summary>No error was ever seen in a million attempts: the next one is still possible.</summary>
    private const double MinRate = 1e-6;

    /// <summary>Squared distances of errors are learnt up to this many variances: an incident is not a
    /// spread.</summary>
    private const double MaxSquaredResidual = 25;
    private const double SumDecay = 0.97;
    private const double SumDrift = 0.8;

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

    public long Count => _s.Count;

    /// <summary>The last value as it was learnt, on the scale of the kind.</summary>
    public double LastValue => _s.LastValue;

    public double Interval => _s.Interval;

    /// <summary>At least 4; a guess of one point in five minutes before 20 points.</summary>
    public double PointsPerDay => _s.Interval > 0 ? Math.Max(4, Math.Round(86_400_000 / _s.Interval)) : 288;

    /// <summary>Typical size of a local residual.</summary>
    public double Noise => _s.Noise + (NoiseFloor * Math.Sqrt(_longResiduals.Moments.Variance));

    /// <summary>The same as it is without the first points of an incident, which come before anybody knows of one: what
    /// bands are made of.</summary>
    public double RobustNoise => _s.RobustNoise + (NoiseFloor * Math.Sqrt(_longResiduals.Moments.Variance));

    public Baseline BaselineAt(long timestamp, LocalHour hour)
    {
        var seasonal = _s.Interval > 0 ? _profile.Expected(hour.SecondOfDay(timestamp), hour.HourOfWeek) : double.NaN;
        var median = _values.Median;
        return double.IsNaN(seasonal)
            ? new Baseline(median, median, median)
            : new Baseline(seasonal, seasonal + _s.Level, median);
    }

    /// <summary>What the series does at this minute of each hour, beyond its curve.</summary>
    public double CyclicComponent(long timestamp) => _cycle.Component(timestamp, _s.Interval, Noise);

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

    public double WeeklyBaseline(int hourOfWeek) => _profile.Expected(((hourOfWeek % 24) + 0.5) * 3600, hourOfWeek);

    /// <summary>A share of few attempts says little: it is pulled towards what is usual, by the root of its
    /// volume.</summary>
    public double ShrinkByVolume(double x, double volume, in Baseline usual) =>
        volume is >= 0 and < double.PositiveInfinity && _s.Volume > 0 && !double.IsNaN(usual.Local)
            ? usual.Local + (Math.Min(1, Math.Sqrt(volume / _s.Volume)) * (x - usual.Local))
            : x;

    /// <summary>How strange so many errors are among so many attempts, where this many are usual; NaN where either is
    /// not known.</summary>
    /// <param name="rate">Share of errors seen, in [0, 1].</param>
    /// <param name="attempts">Behind it.</param>
    /// <param name="usualRate">Share of errors that was expected.</param>
    public double ErrorScore(double rate, double attempts, double usualRate) =>
        attempts is > 0 and < double.PositiveInfinity && _s.Volume > 0 && double.IsFinite(usualRate)
            ? BinomialTail.Score(Math.Clamp(rate, 0, 1) * attempts,
                attempts, Math.Clamp(usualRate, MinRate, 1 - MinRate), Correlation)
            : double.NaN;

    /// <summary>Of the attempts of one point: what spreads wider than the binomial, per attempt.</summary>
    private double Correlation => Math.Clamp((_s.Overdispersion - 1) / Math.Max(1, _s.Volume - 1), 0, 1);

    public double NoiseUnits(double localResidual) =>
        Noise is > 0 and var noise ? localResidual / (MeanToStandard * noise) : 0;

    /// <summary>Smallest distance from what is usual, in standard deviations of the long window.</summary>
    public double EffectSize(double x, in Baseline usual)
    {
        var spread = Math.Sqrt(_longValues.Moments.Variance);
        return spread > 0 ? Math.Min(Math.Abs(x - usual.Median), Math.Abs(x - usual.Seasonal)) / spread : 0;
    }

    /// <param name="x">On the scale of the kind, without the habit of its minute.</param>
    /// <param name="raw">With it.</param>
    /// <param name="usual">What was expected.</param>
    /// <param name="level">Mean of the last 48 values, this one among them.</param>
    public TestValues Statistics(double x, double raw, in Baseline usual, out double level)
    {
        var a = default(TestValues);
        level = MeanOfLast(x, LongLevel);
        if (_s.Count == 0)
        {
            return a;
        }

        var residual = x - usual.Seasonal;
        var local = Noise is > 0 and var noise ? (residual - _residuals.Median) / noise : 0;
        var longMean = _longValues.Moments.Mean;
        a[(int)SeriesTest.Point] = x - usual.Median;
        a[(int)SeriesTest.TimeOfDay] = residual;
        a[(int)SeriesTest.Difference] = x - _s.LastValue;
        a[(int)SeriesTest.Level4] = MeanOfLast(x, 4) - usual.Median;
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

    public RecordValues Records(double x, in Baseline usual, double level)
    {
        var records = default(RecordValues);
        records[0] = _valueRange.Overshoot(x);
        records[1] = _residualRange.Overshoot(x - usual.Seasonal);
        records[2] = _levelRange.Overshoot(level);
        return records;
    }

    /// <summary>Takes in the time of a point, valued or missing.</summary>
    public void Tick(long timestamp)
    {
        // The usual interval is the median of the first twenty: robust against a gap at the start.
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
        var doubt = EvidenceCombination.Mean(assessment.Surprisals);
        if (frozen && Math.Abs(assessment.LocalResidual) > assessment.ClipDistance)
        {
            // Strange and known to be: what was expected is remembered in its place, so that the first ordinary point
            // is seen to be one.
            (x, residual, doubt) = (local, double.IsFinite(seasonal) ? local - seasonal : 0, 0);
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

        var doubtful = assessment.IsWarm && assessment.PValue <= Suspicious;
        if (!frozen)
        {
            LearnBaseline(input, assessment, x, residual, doubtful);
        }

        // Means of the recent past take a strange value at the edge of the 99.9 % band: a lasting shift moves them, a
        // single spike hardly does.
        var edge = Math.Clamp(x - local, -assessment.ClipDistance, assessment.ClipDistance) - (x - local);
        edge = double.IsFinite(edge) ? edge : 0;
        _s.Drift += DriftRate * (residual + edge - _s.Drift);
        _s.Sum = Math.Max(0, (SumDecay * _s.Sum) + doubt - SumDrift);
        _values.Add(x);
        _residuals.Add(residual);
        if (!frozen && !doubtful && double.IsFinite(seasonal))
        {
            _s.Level = _residuals.Median;
        }

        _lastValues.Add(x + edge - _s.Origin, _s.Count);
        if (_s.Interval > 0)
        {
            _lastResiduals.Add(residual + edge, _s.Count);
        }

        var raw = assessment.Scaled + assessment.CyclicComponent;
        _s.Run = _s.Count == 0 ? 0 : RunLength(raw);
        _s.LastRaw = raw;
        _s.LastValue = x;
        _s.Count++;
    }

    private double DriftRate => 1 / Math.Min(PointsPerDay, 1440);

    /// <summary>What is usual: learnt from ordinary times only.</summary>
    private void LearnBaseline(
        in Observation input, in PointAssessment assessment, double x, double residual, bool doubtful)
    {
        var window = (int)Math.Min(2 * PointsPerDay, MaxWindow);
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

        if (_s.Interval > 0 && !doubtful)
        {
            var second = assessment.Hour.SecondOfDay(input.Timestamp);
            _profile.Learn(
                second, assessment.Hour.HourOfWeek, x, x - _profile.Expected(second, assessment.Hour.HourOfWeek));
        }

        if (_finder is not null && _s.Interval > 0)
        {
            LookForPeriod(input.Timestamp, x + assessment.CyclicComponent);
        }

        _cycle.Learn(input.Timestamp, assessment.LocalResidual + assessment.CyclicComponent, Noise);
        _valueRange.Add(x);
        if (_s.Count >= 30)
        {
            _residualRange.Add(residual);
            _levelRange.Add(MeanOfLast(x, LongLevel));
        }
    }

    private void LookForPeriod(long timestamp, double x)
    {
        _finder!.Add(timestamp, _s.Interval, x, Noise);
        if (_finder.IsComplete)
        {
            if (_finder.Find() is > 0 and var period)
            {
                _cycle.Restart(period);
            }

            _finder = null;
        }
    }

    /// <summary>Pearson's squared residual of the errors, whose mean is 1 + (n − 1)·ρ.</summary>
    private void LearnOverdispersion(in Observation input, double usualRate)
    {
        var variance = usualRate * (1 - usualRate) / input.Volume;
        if (input.Value is >= 0 and <= 1 && variance is > 0 and < double.PositiveInfinity)
        {
            var distance = input.Value - usualRate;
            var before = _s.Overdispersion == 0 ? 1 : _s.Overdispersion;
            _s.Overdispersion = before
                + ((Math.Min(MaxSquaredResidual, distance * distance / variance) - before) * SlowRate);
        }
    }

    private long RunLength(double raw) => raw == _s.LastRaw ? Math.Min(SlowLength, _s.Run + 1) : 0;

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
