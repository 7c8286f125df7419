using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Baselines;
using Cpf.Ml.Scoring.Transactions.Calendar;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>Judges one series of platform metrics, point by point, by its own past.</summary>
/// <remarks>
/// <para>
/// Twelve tests (<see cref="SeriesTest"/>; important series have one more) each give a statistic; the test's own past
/// turns it into a p-value (<see cref="LogHistogram"/>); the p-values are combined (<see cref="EvidenceCombination"/>),
/// and the past of the combination turns it into the p-value that is published (<see cref="ConformalCalibrator"/>). So
/// a score means the same on every series.
/// </para>
/// <para>O(1) a point, about 8 KB; 6 KB more in the first two days, while a period is looked for. One writer. Nothing
/// of a point's future or of other series is used.</para>
/// </remarks>
public sealed class SeriesDetector
    : IDetector<Observation, PointAssessment>, ISnapshot<SeriesDetector, SeriesDetectorOptions>
{
    /// <summary>Changes when scores may change.</summary>
    public static readonly ModelId Model = new("transactions/series-detector", "5");

    /// <summary>After a new normal was declared, so many values show where it is.</summary>
    public const int SettlingPoints = BaselineModel.SettlingPoints;

    /// <summary>2 added the test of flat lines, which a state of version 1 begins without a past; 3 the watch over the
    /// calibration; 4 new normals; 5 periods and shapes.</summary>
    private const byte StateVersion = 5;
    private const int TestsOfVersion1 = 11;

    /// <summary>All but the shape, which only important series have.</summary>
    private const int TestsOfAll = 12;
    private const int WeightBeforeVersion3 = 10;

    /// <summary>No test speaks before this many values.</summary>
    private const int MinValues = 50;

    /// <summary>A frozen point enters the past of the tests once in ten: an incident must not become usual, nor its end
    /// a surprise.</summary>
    private const int FrozenShare = 10;

    /// <summary>So many times as often as usual strange points are taken to come shortly after a deployment.</summary>
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

    /// <summary>Values learnt.</summary>
    public long Count => _baseline.Count;

    /// <summary>Usual time between points; zero before 20 points.</summary>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(_baseline.Interval);

    /// <summary>By the usual interval; a guess of 288 before 20 points.</summary>
    public double PointsPerDay => _baseline.PointsPerDay;

    /// <summary>Weeks of values behind a judgement.</summary>
    public double ConfidenceWeeks => _baseline.Count / (7 * _baseline.PointsPerDay);

    /// <summary>Two days of values have been seen: each time of day twice, so that its usual noise is known.</summary>
    public bool IsWarm => _baseline.Count >= Math.Max(MinValues, 2 * _baseline.PointsPerDay);

    /// <summary>A new normal was declared, and where it is has not been seen long enough; meanwhile nothing is
    /// strange.</summary>
    public bool IsSettling => _baseline.IsSettling;

    /// <summary>It is asked about the shape of its last 24 values too, which takes another 7.5 KB; a past of shapes
    /// begins when this is set.</summary>
    public bool IsImportant
    {
        get => _shape is not null;
        set => _shape = value ? _shape ?? new ShapeTest() : null;
    }

    /// <summary>What of the series repeats itself.</summary>
    public Seasonality Seasonality => _baseline.Seasonality;

    /// <summary>
    /// A person says that the series now runs where it will run: after <see cref="SettlingPoints"/> more values that
    /// level is the usual one, at every time of day.
    /// </summary>
    public void AcceptNewNormal() => _baseline.BeginSettling();

    public PointAssessment Score(in Observation input)
    {
        var hour = _hour.Holds(input.Timestamp) ? _hour : LocalHour.Of(input.Timestamp, _zone, _options.FrenchHolidays);
        var usual = _baseline.BaselineAt(input.Timestamp, hour);
        var habit = _baseline.CyclicComponent(input.Timestamp);
        if (!double.IsFinite(input.Value))
        {
            return Expect(input, usual, habit) with { Hour = hour, PValue = 1 };
        }

        var raw = _baseline.ShrinkByVolume(
            MetricScale.Transform(_options.Kind, input.Value, input.Volume), input.Volume, usual);
        var x = raw - habit;
        var statistics = _baseline.Statistics(x, raw, usual, out var level);
        if (_options.Kind == MetricKind.ErrorRate)
        {
            var errors =
                _baseline.ErrorScore(
                    input.Value, input.Volume, MetricScale.Inverse(_options.Kind, usual.Local + habit));
            statistics[(int)SeriesTest.Local] = double.IsFinite(errors) ? errors : statistics[(int)SeriesTest.Local];
        }

        statistics[(int)SeriesTest.Shape] = _shape?.Distance(x) ?? 0;
        var evidences = default(TestValues);
        var records = default(RecordValues);
        if (_baseline.Count >= MinValues && !IsSettling)
        {
            for (var i = 0; i < TestsOfAll; i++)
            {
                evidences[i] = _tests[i].Surprisal(Math.Abs(statistics[i]));
            }

            evidences[(int)SeriesTest.Shape] = _shape?.Surprisal(statistics[(int)SeriesTest.Shape]) ?? 0;
            records = _baseline.Records(x, usual, level);
        }

        if (_options.Without != DetectorPart.None)
        {
            Omit(ref evidences, ref records);
        }

        var late = EvidenceCombination.Late(evidences, records);
        var effect = IsSettling ? 0 : _options.Without == DetectorPart.Effect ? 1 : _baseline.EffectSize(x, usual);
        var evidence = EvidenceCombination.Combine(EvidenceCombination.Early(evidences),
            late, effect, evidences[(int)SeriesTest.FlatLine], evidences[(int)SeriesTest.Shape]);
        var rarity = IsSettling ? 1
            : _options.Without == DetectorPart.SecondCalibration ? Math.Pow(10, -Math.Max(0, evidence))
            : _calibrator.PValue(evidence);
        var pValue = _drift.Recalibrate(rarity);
        return Expect(input, usual, habit) with
        {
            HasValue = true,
            Hour = hour,
            Scaled = x,
            CyclicComponent = habit,
            Residual = x - usual.Seasonal,
            LocalResidual = x - usual.Local,
            NoiseUnits = _baseline.NoiseUnits(x - usual.Local),
            Statistics = statistics,
            Surprisals = evidences,
            Records = records,
            LateEvidence = late,
            Evidence = evidence,
            RawPValue = rarity,
            PValue = Math.Min(1, pValue * RateAt(input)),
            RawOnset = OnsetState.Raw(late, _baseline.PointsPerDay),
            Onset = _onset.After(OnsetState.Raw(late, _baseline.PointsPerDay), _baseline.Count),
        };
    }

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

            _shape?.AddPast(assessment.Statistics[(int)SeriesTest.Shape]);
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

    public void Snapshot(IBufferWriter<byte> destination)
    {
        var writer = new StateWriter(destination);
        writer.Byte(StateVersion);
        _baseline.Write(writer);
        foreach (var test in _tests)
        {
            test.Write(writer);
        }

        _calibrator.Write(writer);
        _onset.Write(writer);
        _calibration.Write(writer);
        _drift.Write(writer);
        writer.Byte(_shape is null ? (byte)0 : (byte)1);
        _shape?.Write(writer);
    }

    public static SeriesDetector Restore(SeriesDetectorOptions options, ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version is 0 or > StateVersion)
        {
            throw new ModelFormatException(
                $"The detector's state has version {version}; this program reads versions 1 to {StateVersion}.");
        }

        var detector = new SeriesDetector(options);
        detector._baseline.Read(ref reader, version);
        foreach (var test in version == 1 ? detector._tests.AsSpan(0, TestsOfVersion1) : detector._tests)
        {
            test.Read(ref reader);
        }

        if (version < 3)
        {
            detector._calibrator.Read(ref reader, fullWeight: WeightBeforeVersion3);
        }
        else
        {
            detector._calibrator.Read(ref reader);
        }

        detector._onset.Read(ref reader);
        detector._calibration.Read(ref reader);
        if (version >= 3)
        {
            detector._drift.Read(ref reader);
        }

        if (version >= 5)
        {
            detector.IsImportant = reader.Byte() == 1;
            detector._shape?.Read(ref reader);
        }

        reader.End();
        return detector;
    }

    /// <summary>What is usual at each hour of the week, Monday 00 h first, shape (168), in the unit of the series; NaN
    /// where never seen.</summary>
    public double[] WeekProfile() =>
        [.. Enumerable.Range(0, 168)
            .Select(hour => MetricScale.Inverse(_options.Kind, _baseline.WeeklyBaseline(hour)))];

    /// <summary>How often published p-values at or below 0.1, 0.01, 0.001 and 0.0001 really came, outside
    /// incidents.</summary>
    public IReadOnlyList<CalibrationRate> Reliability() => _calibration.Rates();

    private void Omit(ref TestValues evidences, ref RecordValues records)
    {
        if ((int)_options.Without < PointAssessment.TestCount)
        {
            evidences[(int)_options.Without] = 0;
        }
        else if (_options.Without == DetectorPart.Records)
        {
            records = default;
        }
    }

    private static double RateAt(in Observation input) => input.IsAfterDeployment ? DeploymentRate : 1;

    private PointAssessment Expect(in Observation input, in Baseline usual, double habit)
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
            Expected = MetricScale.Inverse(_options.Kind, usual.Local + habit),
            ClipDistance = edge,
            Lower99 = MetricScale.Inverse(_options.Kind, usual.Local + habit - half99),
            Upper99 = MetricScale.Inverse(_options.Kind, usual.Local + habit + half99),
            Lower999 = MetricScale.Inverse(_options.Kind, usual.Local + habit - half999),
            Upper999 = MetricScale.Inverse(_options.Kind, usual.Local + habit + half999),
        };
    }
}
