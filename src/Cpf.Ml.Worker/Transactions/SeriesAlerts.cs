using Cpf.Ml.Scoring;
using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Writes the alerts of series: what was observed, what was expected, which tests fired, since when.</summary>
internal sealed class SeriesAlerts(
    TransactionsSettings settings, AlertBudget budget, Deployments deployments)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);

    /// <summary>Hash of the settings that all series share, 8 hexadecimal digits; the audit log has its
    /// history.</summary>
    public string Configuration { get; } = AlertId.Hash(
        settings.Zone,
        settings.FrenchHolidays.ToString(),
        settings.QuietPoints.ToString(CultureInfo.InvariantCulture),
        settings.DeploymentWindow.ToString(),
        settings.JointSeries.ToString(CultureInfo.InvariantCulture))[..8];

    /// <summary><see cref="Configuration"/>, how this series is treated, and its trained model:
    /// «1f0c6a2e duration s important transactions@0c1d52ab77f3».</summary>
    public string ConfigurationOf(SeriesDescriptor series, SeriesState state) =>
        string.Join(' ', new[]
        {
            Configuration,
            StoredJson.Name(series.Kind),
            series.Unit,
            state.Monitor.Detector.IsImportant ? "important" : "",
            state.Model,
        }.Where(part => part.Length > 0));

    /// <param name="contributors">The series that contribute most to the joint evidence of their service.</param>
    /// <returns>The change to hand on; null when it is not news.</returns>
    public AlertChange? Change(
        SeriesDescriptor series,
        SeriesState state,
        AlertTransition transition,
        in Observation point,
        in PointAssessment assessment,
        Func<SeriesDescriptor, ImmutableArray<Contributor>> contributors)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp);
        switch (transition)
        {
            case AlertTransition.Open:
                var opened = DateTimeOffset.FromUnixTimeMilliseconds(state.Monitor.Rule.Since);
                state.Alert = new OpenAlert(
                    New(series, opened, at, state.Monitor.Rule.Severity,
                        Document(series, state, opened, point, assessment, contributors)),
                    assessment.Evidence);
                break;

            case AlertTransition.Escalate or AlertTransition.Update when state.Alert is { } open:
                if (transition == AlertTransition.Update && !open.IsNews(at, assessment.Evidence))
                {
                    return null;
                }

                // The document speaks of the strongest point; a weaker one only says that it goes on.
                var stronger = assessment.Evidence > open.Evidence;
                state.Alert = new OpenAlert(
                    open.Alert with
                    {
                        Severity = state.Monitor.Rule.Severity,
                        UpdatedAt = at,
                        Document = stronger
                            ? Document(series, state, open.Alert.OpenedAt, point, assessment, contributors)
                            : open.Alert.Document,
                    },
                    Math.Max(open.Evidence, assessment.Evidence));
                break;

            case AlertTransition.Close when state.Alert is { } open:
                state.Alert = null;
                return new AlertChange(transition, open.Alert with { UpdatedAt = at, ClosedAt = at });

            default:
                return null;
        }

        return new AlertChange(transition, state.Alert.Alert);
    }

    private static Alert New(
        SeriesDescriptor series, DateTimeOffset opened, DateTimeOffset at, Severity severity, AlertDocument document)
    {
        var seriesId = SeriesIdentity.Hex(series.Identity.Id);
        return new Alert
        {
            Id = AlertId.Of(AlertRules.Anomaly, seriesId, opened),
            Capability = Capability.Transactions,
            Rule = AlertRules.Anomaly,
            SeriesId = seriesId,
            SeriesName = SeriesNames.Of(series),
            Service = series.Service,
            Severity = severity,
            OpenedAt = opened,
            UpdatedAt = at,
            Document = document,
        };
    }

    private AlertDocument Document(
        SeriesDescriptor series,
        SeriesState state,
        DateTimeOffset since,
        in Observation point,
        in PointAssessment assessment,
        Func<SeriesDescriptor, ImmutableArray<Contributor>> contributors)
    {
        double? expected = double.IsFinite(assessment.Expected) ? assessment.Expected : null;
        return new AlertDocument
        {
            Sentence = series.IsJoint
                ? AlertSentences.Together(series.Service, since, _zone)
                : AlertSentences.Anomaly(
                    SeriesNames.Of(series),
                    MetricKinds.IsFeminine(series.Kind), series.Unit, point.Value, expected, since, _zone),
            Contributors = series.IsJoint ? contributors(series) : [],
            Observed = point.Value,
            Expected = expected,
            Band99 = BandOf(assessment.Lower99, assessment.Upper99),
            Band999 = BandOf(assessment.Lower999, assessment.Upper999),
            Unit = series.Unit,
            DeviationPercent = expected is { } baseline && Math.Abs(baseline) > 1e-9
                ? 100 * (point.Value - baseline) / Math.Abs(baseline) : null,
            DeviationNoise = double.IsFinite(assessment.NoiseUnits) ? assessment.NoiseUnits : null,
            Score = assessment.Score.Percent,
            PValue = assessment.PValue,
            IsWarm = assessment.IsWarm,
            ConfidenceWeeks = assessment.ConfidenceWeeks,
            Tests = [.. assessment.FiredTests().Select(test => new FiredTest(
                test.Name, test.PValue, test.Direction, AlertSentences.Test(test.Name, test.PValue, test.Direction)))],
            Since = since,
            Deployment = deployments.Before(series.Service, since.ToUnixTimeMilliseconds()) is { } before
                ? new RecentDeployment(before.Version, before.At)
                : null,
            Labels = series.Labels,
            Model = SeriesDetector.Model.ToString(),

            // The same points under another budget might have opened no alert.
            Configuration = string.Create(
                CultureInfo.InvariantCulture, $"{ConfigurationOf(series, state)}, budget {budget.PerDay}"),
        };
    }

    private static Band? BandOf(double lower, double upper) =>
        double.IsFinite(lower) && double.IsFinite(upper) ? new Band(lower, upper) : null;
}
