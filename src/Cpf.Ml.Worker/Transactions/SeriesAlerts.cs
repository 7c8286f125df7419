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
    TransactionsSettings settings, AlertBudget budget, Deployments deployments, SeriesCatalog catalog)
{
    private const int MaxContributors = 5;

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);

    /// <summary>Of the settings that all series share; the audit log says since when which one holds.</summary>
    public string Configuration { get; } = AlertId.Hash(
        settings.Zone,
        settings.FrenchHolidays.ToString(),
        settings.QuietPoints.ToString(CultureInfo.InvariantCulture),
        settings.DeploymentWindow.ToString(),
        settings.JointSeries.ToString(CultureInfo.InvariantCulture))[..8];

    /// <summary>That, how this series is treated, and what it was trained by:
    /// «1f0c6a2e duration s important transactions@0c1d52ab77f3».</summary>
    public string ConfigurationOf(SeriesEntry entry) =>
        string.Join(' ', new[]
        {
            Configuration,
            StoredJson.Name(entry.Kind),
            entry.Unit,
            entry.Watched is WatchedSeries { Watch.Detector.IsImportant: true } ? "important" : "",
            entry.Model,
        }.Where(part => part.Length > 0));

    /// <returns>The change to hand on; null when it is not news.</returns>
    public AlertChange? Change(
        WatchedSeries series, AlertTransition transition, in Observation point, in PointAssessment assessment)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp);
        switch (transition)
        {
            case AlertTransition.Open:
                var opened = DateTimeOffset.FromUnixTimeMilliseconds(series.Watch.Rule.Since);
                series.Alert = new OpenAlert(
                    New(series.Entry,
                        opened, at, series.Watch.Rule.Severity, Document(series.Entry, opened, point, assessment)),
                    assessment.Evidence);
                break;

            case AlertTransition.Escalate or AlertTransition.Update when series.Alert is { } open:
                if (transition == AlertTransition.Update && !open.IsNews(at, assessment.Evidence))
                {
                    return null;
                }

                // The document speaks of the strongest point; a weaker one only says that it goes on.
                var stronger = assessment.Evidence > open.Evidence;
                series.Alert = new OpenAlert(
                    open.Alert with
                    {
                        Severity = series.Watch.Rule.Severity,
                        UpdatedAt = at,
                        Document = stronger ? Document(series.Entry, open.Alert.OpenedAt, point, assessment)
                            : open.Alert.Document,
                    },
                    Math.Max(open.Evidence, assessment.Evidence));
                break;

            case AlertTransition.Close when series.Alert is { } open:
                series.Alert = null;
                return new AlertChange(transition, open.Alert with { UpdatedAt = at, ClosedAt = at });

            default:
                return null;
        }

        return new AlertChange(transition, series.Alert.Alert);
    }

    private static Alert New(
        SeriesEntry entry, DateTimeOffset opened, DateTimeOffset at, Severity severity, AlertDocument document)
    {
        var seriesId = SeriesIdentity.Hex(entry.Identity.Id);
        return new Alert
        {
            Id = AlertId.Of(AlertRules.Anomaly, seriesId, opened),
            Capability = Capability.Transactions,
            Rule = AlertRules.Anomaly,
            SeriesId = seriesId,
            SeriesName = SeriesNames.Of(entry),
            Service = entry.Service,
            Severity = severity,
            OpenedAt = opened,
            UpdatedAt = at,
            Document = document,
        };
    }

    private AlertDocument Document(
        SeriesEntry entry, DateTimeOffset since, in Observation point, in PointAssessment assessment)
    {
        double? expected = double.IsFinite(assessment.Expected) ? assessment.Expected : null;
        return new AlertDocument
        {
            Sentence = entry.IsJoint
                ? AlertSentences.Together(entry.Service, since, _zone)
                : AlertSentences.Anomaly(
                    SeriesNames.Of(entry),
                    MetricKinds.IsFeminine(entry.Kind), entry.Unit, point.Value, expected, since, _zone),
            Contributors = entry.IsJoint ? ContributorsTo(entry) : [],
            Observed = point.Value,
            Expected = expected,
            Band99 = BandOf(assessment.Lower99, assessment.Upper99),
            Band999 = BandOf(assessment.Lower999, assessment.Upper999),
            Unit = entry.Unit,
            DeviationPercent = expected is { } usual && Math.Abs(usual) > 1e-9
                ? 100 * (point.Value - usual) / Math.Abs(usual) : null,
            DeviationNoise = double.IsFinite(assessment.NoiseUnits) ? assessment.NoiseUnits : null,
            Score = assessment.Score.Percent,
            PValue = assessment.PValue,
            IsWarm = assessment.IsWarm,
            ConfidenceWeeks = assessment.ConfidenceWeeks,
            Tests = [.. assessment.FiredTests().Select(test => new FiredTest(
                test.Name, test.PValue, test.Direction, AlertSentences.Test(test.Name, test.PValue, test.Direction)))],
            Since = since,
            Deployment = deployments.Before(entry.Service, since.ToUnixTimeMilliseconds()) is { } before
                ? new RecentDeployment(before.Version, before.At)
                : null,
            Labels = entry.Labels,
            Model = SeriesDetector.Model.ToString(),

            // The same points under another budget might have opened no alert.
            Configuration = string.Create(
                CultureInfo.InvariantCulture, $"{ConfigurationOf(entry)}, budget {budget.PerDay}"),
        };
    }

    /// <summary>The series that are strangest now.</summary>
    private ImmutableArray<Contributor> ContributorsTo(SeriesEntry joint) =>
    [
        .. catalog.Entries.Where(entry => entry.Service == joint.Service && !entry.IsJoint)
            .Select(entry => entry.Watched).OfType<WatchedSeries>()
            .OrderByDescending(series => series.LastScore)
            .ThenBy(series => series.Entry.Identity.Key, StringComparer.Ordinal).Take(MaxContributors)
            .Select(series => new Contributor(
                SeriesIdentity.Hex(series.Entry.Identity.Id), SeriesNames.Of(series.Entry), series.LastScore)),
    ];

    private static Band? BandOf(double lower, double upper) =>
        double.IsFinite(lower) && double.IsFinite(upper) ? new Band(lower, upper) : null;
}
