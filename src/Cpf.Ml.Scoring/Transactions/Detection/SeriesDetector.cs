using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Baselines;
using Cpf.Ml.Scoring.Transactions.Calendar;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>Scores the points of one series of platform metrics by the series' own past.</summary>
/// <remarks>
/// <para>
/// Twelve tests (<see cref="SeriesTest"/>; important series have one more) each give a statistic; the distribution of
/// its past turns it into a p-value (<see cref="LogHistogram"/>); the p-values are combined
/// (<see cref="EvidenceCombination"/>), and the distribution of past combinations turns the result into the published
/// p-value (<see cref="ConformalCalibrator"/>). So a score means the same on every series.
/// </para>
/// <para>O(1) a point, about 8 KB; 6 KB more in the first two days, during the period search. One writer. Nothing of a
/// point's future or of other series is used.</para>
/// </remarks>
public sealed partial class SeriesDetector : IDetector<Observation, PointAssessment>
{
    /// <summary>Name and version of the detector; the version changes when scores may change.</summary>
    public static readonly ModelId Model = new("transactions/series-detector", "5");

    /// <summary>Number of points from which the level of a declared new normal is estimated.</summary>
    public const int SettlingPoints = BaselineModel.SettlingPoints;

    /// <summary>All but the shape test, which only important series have.</summary>
    private const int TestsOfAll = 12;

    /// <summary>No test fires before this many values.</summary>
    private const int MinValues = 50;

    /// <summary>One frozen point in ten enters the distributions of the tests: an incident must not become the
    /// baseline, nor its end an anomaly.</summary>
    private const int FrozenShare = 10;

    /// <summary>Factor by which anomalous points are assumed to be more frequent shortly after a deployment.</summary>
    private const double DeploymentRate = 10;

    private readonly SeriesDetectorOptions _options;
    private readonly TimeZoneInfo _zone;
    private readonly BaselineModel _baseline;
    private readonly LogHistogram[] _tests = [.. Enumerable.Range(0, TestsOfAll).Select(_ => new LogHistogram())];
    private readonly ConformalCalibrator _calibrator = new();
    private readonly OnsetState _onset = new();
    private readonly CalibrationCount _calibration = new();
    private readonly CalibrationDrift _drift = new();
    private ShapeTest? _shape;
    private LocalHour _hour = LocalHour.None;

    /// <summary>A detector without history.</summary>
    /// <param name="options">How points are scored.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message has every reason.</exception>
    public SeriesDetector(SeriesDetectorOptions options)
    {
        var reasons = string.Join(" ", options.Validate());
        if (reasons.Length > 0)
        {
            throw new ArgumentException(reasons, nameof(options));
        }

        _options = options;
        _baseline = new BaselineModel(options.Kind);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Zone);
        IsImportant = options.Important;
    }

    /// <summary>Values learned.</summary>
    public long Count => _baseline.Count;

    /// <summary>Typical time between points; zero before 20 points.</summary>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(_baseline.Interval);

    /// <summary>Points a day by the typical interval, at least 4; a guess of 288 before 20 points.</summary>
    public double PointsPerDay => _baseline.PointsPerDay;

    /// <summary>Weeks of history behind an assessment.</summary>
    public double ConfidenceWeeks => _baseline.Count / (7 * _baseline.PointsPerDay);

    /// <summary>Whether two days of values have been learned: each time of day twice, so that its noise is
    /// known.</summary>
    public bool IsWarm => _baseline.Count >= Math.Max(MinValues, 2 * _baseline.PointsPerDay);

    /// <summary>Whether the level of a declared new normal is still being estimated; meanwhile every p-value is
    /// 1.</summary>
    public bool IsSettling => _baseline.IsSettling;

    /// <summary>Whether the shape test of the last 24 values is applied too, which takes another 7.5 KB; its
    /// distribution starts empty when this is set.</summary>
    public bool IsImportant
    {
        get => _shape is not null;
        set => _shape = value ? _shape ?? new ShapeTest() : null;
    }

    /// <summary>How much of the series is periodic.</summary>
    public Seasonality Seasonality => _baseline.Seasonality;

    /// <summary>
    /// A person declares the current level to be the new normal: after <see cref="SettlingPoints"/> more values it is
    /// the baseline, at every time of day.
    /// </summary>
    public void AcceptNewNormal() => _baseline.BeginSettling();

    /// <inheritdoc/>
    public PointAssessment Score(in Observation input)
    {
        var hour =
            _hour.Contains(input.Timestamp) ? _hour : LocalHour.Of(input.Timestamp, _zone, _options.FrenchHolidays);
        var baseline = _baseline.BaselineAt(input.Timestamp, hour);
        var cyclic = _baseline.CyclicComponent(input.Timestamp);
        if (!double.IsFinite(input.Value))
        {
            return Expect(input, baseline, cyclic) with { Hour = hour, PValue = 1 };
        }

        var raw = _baseline.ShrinkByVolume(
            MetricScale.Transform(_options.Kind, input.Value, input.Volume), input.Volume, baseline);
        var x = raw - cyclic;
        var statistics = _baseline.Statistics(x, raw, baseline, out var level);
        if (_options.Kind == MetricKind.ErrorRate)
        {
            var errors =
                _baseline.ErrorScore(
                    input.Value, input.Volume, MetricScale.Inverse(_options.Kind, baseline.Local + cyclic));
            statistics[(int)SeriesTest.Local] = double.IsFinite(errors) ? errors : statistics[(int)SeriesTest.Local];
        }

        statistics[(int)SeriesTest.Shape] = _shape?.Distance(x) ?? 0;
        var surprisals = default(TestValues);
        var records = default(RecordValues);
        if (_baseline.Count >= MinValues && !IsSettling)
        {
            for (var i = 0; i < TestsOfAll; i++)
            {
                surprisals[i] = _tests[i].Surprisal(Math.Abs(statistics[i]));
            }

            surprisals[(int)SeriesTest.Shape] = _shape?.Surprisal(statistics[(int)SeriesTest.Shape]) ?? 0;
            records = _baseline.Records(x, baseline, level);
        }

        if (_options.Without != DetectorPart.None)
        {
            Omit(ref surprisals, ref records);
        }

        var late = EvidenceCombination.Late(surprisals, records);
        var effect = IsSettling ? 0 : _options.Without == DetectorPart.Effect ? 1 : _baseline.EffectSize(x, baseline);
        var evidence = EvidenceCombination.Combine(EvidenceCombination.Early(surprisals),
            late, effect, surprisals[(int)SeriesTest.FlatLine], surprisals[(int)SeriesTest.Shape]);
        var rawPValue = IsSettling ? 1
            : _options.Without == DetectorPart.SecondCalibration ? Math.Pow(10, -Math.Max(0, evidence))
            : _calibrator.PValue(evidence);
        var pValue = _drift.Recalibrate(rawPValue);
        return Expect(input, baseline, cyclic) with
        {
            HasValue = true,
            Hour = hour,
            Scaled = x,
            CyclicComponent = cyclic,
            Residual = x - baseline.Seasonal,
            LocalResidual = x - baseline.Local,
            NoiseUnits = _baseline.NoiseUnits(x - baseline.Local),
            Statistics = statistics,
            Surprisals = surprisals,
            Records = records,
            ZeroPValue = IsSettling ? 1 : _baseline.ZeroPValue(input.Value),
            LateEvidence = late,
            Evidence = evidence,
            RawPValue = rawPValue,
            PValue = Math.Min(1, pValue * RateAt(input)),
            RawOnset = OnsetState.Raw(late, _baseline.PointsPerDay),
            Onset = _onset.After(OnsetState.Raw(late, _baseline.PointsPerDay), _baseline.Count),
        };
    }

    /// <inheritdoc/>
    public void Learn(in Observation input, in PointAssessment assessment, Learning learning)
    {
        _hour = assessment.Hour;
        _baseline.Tick(input.Timestamp);
        if (!assessment.HasValue)
        {
            return;
        }

        var frozen = learning != Learning.Full;
        if (IsSettling)
        {
            _baseline.Learn(input, assessment, frozen);
            return;
        }

        if (!frozen || _baseline.Count % FrozenShare == 0)
        {
            for (var i = 0; i < TestsOfAll; i++)
            {
                _tests[i].Add(Math.Abs(assessment.Statistics[i]));
            }

            _shape?.AddDistance(assessment.Statistics[(int)SeriesTest.Shape]);
        }

        if (_baseline.Count >= MinValues)
        {
            _calibrator.Add(assessment.Evidence, learning);
            if (!frozen && !input.IsAfterDeployment)
            {
                _calibration.Add(assessment.PValue);
                _drift.Add(assessment.RawPValue);
            }
        }

        _onset.Learn(assessment.RawOnset, _baseline.Count);
        _baseline.Learn(input, assessment, frozen);
        _shape?.Add(_baseline.LastValue);
    }

    /// <summary>The seasonal baseline at each hour of the week, Monday 00 h first; shape (168), in the unit of the
    /// series, NaN where never seen.</summary>
    public double[] WeekProfile() =>
        [.. Enumerable.Range(0, 168)
            .Select(hour => MetricScale.Inverse(_options.Kind, _baseline.WeeklyBaseline(hour)))];

    /// <summary>Observed rates of published p-values at or below 0.1, 0.01, 0.001 and 0.0001, outside
    /// incidents.</summary>
    public IReadOnlyList<CalibrationRate> Reliability() => _calibration.Rates();

    /// <summary>Leaves out the part of an ablation.</summary>
    private void Omit(ref TestValues surprisals, ref RecordValues records)
    {
        if ((int)_options.Without < PointAssessment.TestCount)
        {
            surprisals[(int)_options.Without] = 0;
        }
        else if (_options.Without == DetectorPart.Records)
        {
            records = default;
        }
    }

    /// <summary>Factor of the rate of anomalous points at this point.</summary>
    private static double RateAt(in Observation input) => input.IsAfterDeployment ? DeploymentRate : 1;

    /// <summary>The expected value and the bands, before the value is looked at.</summary>
    private PointAssessment Expect(in Observation input, in Baseline baseline, double cyclic)
    {
        var noise = _baseline.RobustNoise;
        var (half99, half999) = _tests[(int)SeriesTest.Local].UpperQuantiles(
            0.01 / RateAt(input), 0.001 / RateAt(input));
        var edge = half999 * _baseline.Noise;
        (half99, half999) = (half99 * noise, half999 * noise);
        return new PointAssessment
        {
            IsWarm = IsWarm,
            Count = Count,
            ConfidenceWeeks = ConfidenceWeeks,
            Expected = MetricScale.Inverse(_options.Kind, baseline.Local + cyclic),
            ClipDistance = edge,
            Lower99 = MetricScale.Inverse(_options.Kind, baseline.Local + cyclic - half99),
            Upper99 = MetricScale.Inverse(_options.Kind, baseline.Local + cyclic + half99),
            Lower999 = MetricScale.Inverse(_options.Kind, baseline.Local + cyclic - half999),
            Upper999 = MetricScale.Inverse(_options.Kind, baseline.Local + cyclic + half999),
        };
    }
}
