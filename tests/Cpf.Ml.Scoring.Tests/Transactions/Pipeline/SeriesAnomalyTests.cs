using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Pipeline;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cpf.Ml.Scoring.Tests.Transactions.Pipeline;

/// <summary>The detector as somebody who knows ML.NET uses it.</summary>
public sealed class SeriesAnomalyTests
{
    private const string Output = "Anomaly";
    private static readonly SeriesAnomalyOptions Options = new()
    {
        Detector = new() { Kind = MetricKind.ErrorRate, Zone = "Europe/Paris", FrenchHolidays = true },
        Rule = new() { QuietPoints = 7, OnlyHigherIsBad = true },
        AlertsPerDay = 0.3,
    };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Pipeline_output_equals_the_detector_bit_for_bit()
    {
        var rows = Rows(2000);
        var verdicts = Verdicts(Pipeline().Fit(View(rows)).Transform(View(rows)));

        Assert.Equal(Expected(rows), verdicts);
        Assert.Contains(verdicts, verdict => verdict[0] == 1 && verdict[1] > 0.5);
    }

    [Fact]
    public void Second_pass_equals_the_first()
    {
        var rows = Rows(700);
        var transformed = Pipeline().Fit(View(Rows(10))).Transform(View(rows));

        Assert.Equal(Expected(rows), Verdicts(transformed));
        Assert.Equal(Expected(rows), Verdicts(transformed));
    }

    [Fact]
    public void Saved_and_loaded_pipeline_gives_the_same_output()
    {
        var rows = Rows(700);
        using var file = new MemoryStream();
        _context.Model.Save(Pipeline().Fit(View(rows)), View(rows).Schema, file);
        file.Position = 0;

        var loaded = new MLContext().Model.Load(file, out var schema);

        Assert.Contains("Errors", schema.Select(column => column.Name));
        Assert.Equal(Expected(rows), Verdicts(loaded.Transform(View(rows))));
    }

    [Fact]
    public void Output_slots_are_named_and_no_other_column_is_added()
    {
        var view = View(Rows(3));
        var schema = Pipeline().Fit(view).GetOutputSchema(view.Schema);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[Output].GetSlotNames(ref names);

        Assert.Equal(
            ["Alert", "Score", "P-Value", "Expected", "Lower", "Upper", "IsWarm"],
            names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(
            [.. view.Schema.Select(column => column.Name), Output],
            schema.Where(column => !column.IsHidden).Select(column => column.Name));
    }

    [Fact]
    public void Column_named_like_a_slot_keeps_its_values()
    {
        var rows = Enumerable.Range(0, 5).Select(i => new Named { At = 60_000L * i, Value = i, Score = 100 + i })
            .ToList();
        var view = _context.Data.LoadFromEnumerable(rows);
        var transformed = _context.Transforms.DetectSeriesAnomaly(Output, nameof(Named.Value), nameof(Named.At))
            .Fit(view).Transform(view);

        var read = _context.Data.CreateEnumerable<NamedVerdict>(transformed, reuseRowObject: false).ToList();
        Assert.Equal([100f, 101, 102, 103, 104], read.Select(row => row.Score));
        Assert.All(read, row => Assert.Equal([0, 0], row.Anomaly[..2]));
    }

    [Fact]
    public void Prediction_engine_keeps_its_state_between_rows()
    {
        var rows = Rows(700);
        var engine = _context.Model.CreatePredictionEngine<Row, Verdict>(Pipeline().Fit(View(rows)));

        Assert.Equal(Expected(rows), rows.Select(row => engine.Predict(row).Anomaly));
    }

    [Fact]
    public void Pipeline_continues_from_the_given_state()
    {
        var rows = Rows(1500);
        var monitor = new SeriesMonitor(Options.Detector, Options.Rule);
        var all = Expected(rows);
        _ = Expected(rows.Take(1000), monitor);

        var pipeline = Pipeline(Options with { State = monitor.Snapshot() });

        Assert.Equal(all.Skip(1000), Verdicts(pipeline.Fit(View(rows)).Transform(View(rows.Skip(1000)))));
    }

    [Fact]
    public void Rows_skipped_downstream_are_learned()
    {
        var rows = Rows(700);
        var transformed = Pipeline().Fit(View(rows)).Transform(View(rows));

        Assert.Equal(Expected(rows).Skip(100), Verdicts(_context.Data.SkipRows(transformed, 100)));
        var few = _context.Data.FilterRowsByColumn(transformed, nameof(Row.Attempts), lowerBound: 550);
        Assert.Equal(
            Expected(rows).Zip(rows).Where(pair => pair.Second.Attempts >= 550).Select(pair => pair.First),
            Verdicts(few));
    }

    /// <summary>As the remarks of the estimator say; should ML.NET mend it, they can go.</summary>
    [Fact]
    public void Reading_another_column_requires_the_output_column()
    {
        var transformed = Pipeline().Fit(View(Rows(3))).Transform(View(Rows(3)));

        Assert.ThrowsAny<Exception>(() => transformed.GetColumn<double>(nameof(Row.Errors)).ToList());
        Assert.Equal(
            3,
            _context.Data.CreateEnumerable<RowVerdict>(
                transformed, reuseRowObject: false).Count(row => row.Errors > 0));
    }

    [Theory]
    [InlineData("Errors", "No", "column No; one of type DateTime, DateTimeOffset, Int64")]
    [InlineData("Name", "At", "column Name has type String; one of Double, Single, Int32, Int64")]
    [InlineData("Vector", "At", "column Vector has type Vector")]
    [InlineData("Errors", "Errors", "column Errors has type Double; one of DateTime, DateTimeOffset, Int64")]
    public void Wrong_schema_is_refused_with_column_name_and_type(
        string value, string timestamp, string message)
    {
        var view = View(Rows(3));
        var pipeline = _context.Transforms.DetectSeriesAnomaly(Output, value, timestamp);

        Assert.Contains(
            message,
            Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(view)).Message,
            StringComparison.Ordinal);

        // In a chain the schema is checked before anything is fitted.
        var chain = _context.Transforms.CopyColumns("Copy", nameof(Row.Name)).Append(pipeline);
        Assert.Contains(
            message,
            Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(view)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_refused_with_all_reasons()
    {
        var reason = Assert.Throws<ArgumentException>(() => Pipeline(
            new SeriesAnomalyOptions { Detector = new() { Zone = "Mars" }, AlertsPerDay = 0 })).Message;

        Assert.Contains("was Mars. AlertsPerDay must be above 0, was 0.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_state_is_refused_before_any_row() =>
        Assert.Throws<ModelFormatException>(() => Pipeline(Options with { State = new byte[] { 9, 0, 0, 0, 1 } }));

    [Fact]
    public void Saved_pipeline_keeps_every_option()
    {
        var options = Options with
        {
            Rule = Options.Rule with { MaxFreeze = TimeSpan.FromHours(5) },
            State = new byte[] { 1, 2 },
        };
        var read = SeriesAnomalyOptions.Read(options.Write(hasVolume: true), out var hasVolume);

        Assert.True(hasVolume);
        Assert.Equal(options.State.ToArray(), read.State.ToArray());
        Assert.Equal(options, read with { State = options.State });
    }

    private SeriesAnomalyEstimator Pipeline(SeriesAnomalyOptions? options = null) =>
        _context.Transforms.DetectSeriesAnomaly(
            Output, nameof(Row.Errors), nameof(Row.At), nameof(Row.Attempts), options ?? Options);

    private IDataView View(IEnumerable<Row> rows) => _context.Data.LoadFromEnumerable(rows);

    private static double[][] Verdicts(IDataView transformed) => [.. transformed.GetColumn<double[]>(Output)];

    private static double[][] Expected(IEnumerable<Row> rows, SeriesMonitor? monitor = null)
    {
        monitor ??= new SeriesMonitor(Options.Detector, Options.Rule);
        return [.. rows.Select(row =>
        {
            var at = new DateTimeOffset(row.At, TimeSpan.Zero).ToUnixTimeMilliseconds();
            monitor.Step(
                new Observation(at, row.Errors, row.Attempts),
                Options.AlertsPerDay / monitor.Detector.PointsPerDay,
                out var a);
            return new[]
            {
                monitor.Rule.IsOpen ? 1.0 : 0,
                a.Score.Value,
                a.PValue,
                a.Expected,
                a.Lower99,
                a.Upper99,
                a.IsWarm ? 1 : 0,
            };
        })];
    }

    /// <summary>
    /// A rate of errors every five minutes, with a hole and, towards the end, ten times as many errors.
    /// </summary>
    private static List<Row> Rows(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => new Row
        {
            At = new DateTime(2026, 3, 20).AddMinutes(5 * i),
            Errors = i == 300 ? double.NaN : (i >= count - 40 ? 0.2 : 0.02) * (1 + random.NextDouble()),
            Attempts = 500 + random.Next(100),
        })];
    }

    private sealed class Row
    {
        public DateTime At { get; set; }

        public double Errors { get; set; }

        public float Attempts { get; set; }

        public string Name { get; set; } = "";

        [VectorType(2)]
        public float[] Vector { get; set; } = [0, 0];
    }

    private sealed class Named
    {
        public long At { get; set; }

        public float Value { get; set; }

        public float Score { get; set; }
    }

    private sealed class NamedVerdict
    {
        public float Score { get; set; }

        [VectorType(7)]
        public double[] Anomaly { get; set; } = [];
    }

    private sealed class RowVerdict
    {
        public double Errors { get; set; }

        [VectorType(7)]
        public double[] Anomaly { get; set; } = [];
    }

    private sealed class Verdict
    {
        [VectorType(7)]
        public double[] Anomaly { get; set; } = [];
    }
}
