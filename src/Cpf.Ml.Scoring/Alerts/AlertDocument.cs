using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Everything that a person needs to assess an alert, as of its most anomalous point.</summary>
public sealed record AlertDocument
{
    /// <summary>What happened, in a sentence.</summary>
    public required Text Sentence { get; init; }

    /// <summary>The observed value, in <see cref="Unit"/>; null when there is none.</summary>
    public double? Observed { get; init; }

    /// <summary>The expected value, in <see cref="Unit"/>; null while the model is not warm.</summary>
    public double? Expected { get; init; }

    /// <summary>The band that holds 99 % of ordinary points; null while the model is not warm.</summary>
    public Band? Band99 { get; init; }

    /// <summary>The band that holds 99.9 % of ordinary points; null while the model is not warm.</summary>
    public Band? Band999 { get; init; }

    /// <summary>The unit, for example <c>s</c>, <c>1/min</c>, <c>%</c>; empty when unknown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>100 × (observed − expected) ÷ |expected|; null when expected is about 0.</summary>
    public double? DeviationPercent { get; init; }

    /// <summary>Signed deviation in standard deviations of the noise; null when unknown.</summary>
    public double? DeviationNoise { get; init; }

    /// <summary>The score, 0–100: 60 = 1 point in 1 000, 80 = 1 in 10 000, 100 = 1 in 100 000 or rarer.</summary>
    public double Score { get; init; }

    /// <summary>The p-value behind the score, in (0, 1].</summary>
    public double PValue { get; init; } = 1;

    /// <summary>Whether the model had two days of history.</summary>
    public bool IsWarm { get; init; }

    /// <summary>Weeks of history behind the assessment; not part of the score.</summary>
    public double ConfidenceWeeks { get; init; }

    /// <summary>The tests that fired, strongest first.</summary>
    public ImmutableArray<FiredTest> Tests { get; init; } = [];

    /// <summary>Start of the deviation, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The values one to four weeks before <see cref="Since"/> in local time, where known, newest
    /// first.</summary>
    public ImmutableArray<PastMoment> PastWeeks { get; init; } = [];

    /// <summary>The most similar past incident; null when there is none.</summary>
    public SimilarIncident? Similar { get; init; }

    /// <summary>For an alert of the joint evidence: the most anomalous series when it was written, at most 5, most
    /// anomalous first. Otherwise empty.</summary>
    public ImmutableArray<Contributor> Contributors { get; init; } = [];

    /// <summary>The deployment of the service shortly before the deviation; null when there was none.</summary>
    public RecentDeployment? Deployment { get; init; }

    /// <summary>
    /// Labels of the series as its source sent them, the metric's name as <c>__name__</c>: two pods with one display
    /// name differ here. Empty when the alert is not of one series.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The model with its version, for example <c>transactions/series-detector@1</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>The configuration of the model, in the format that docs/scores.md describes.</summary>
    public string Configuration { get; init; } = "";
}

/// <summary>An interval, in the unit of the series.</summary>
/// <param name="Lower">Lower end, inclusive.</param>
/// <param name="Upper">Upper end, inclusive.</param>
public readonly record struct Band(double Lower, double Upper);

/// <summary>A test that fired.</summary>
/// <param name="Name">The test's stable name, for example <c>level-48</c>.</param>
/// <param name="PValue">Share of the test's past statistics that are as large, in (0, 1].</param>
/// <param name="Direction">+1 above the expected value, −1 below, 0 without direction.</param>
/// <param name="Sentence">The finding in a sentence.</param>
public sealed record FiredTest(string Name, double PValue, int Direction, Text Sentence);

/// <summary>A series that contributed to the joint evidence.</summary>
/// <param name="SeriesId">16 hexadecimal digits.</param>
/// <param name="Name">Display name.</param>
/// <param name="Score">Score of its newest point at that time, 0–100.</param>
public sealed record Contributor(string SeriesId, Text Name, double Score);

/// <summary>A deployment shortly before an alert.</summary>
/// <param name="Version">Version as given by those who deployed.</param>
/// <param name="At">Time of the deployment, UTC.</param>
public sealed record RecentDeployment(string Version, DateTimeOffset At);

/// <summary>The value of the series at an earlier time.</summary>
/// <param name="At">UTC.</param>
/// <param name="Value">In the unit of the series.</param>
public readonly record struct PastMoment(DateTimeOffset At, double Value);

/// <summary>A similar incident of the past.</summary>
/// <param name="IncidentId">Id of the incident.</param>
/// <param name="OpenedAt">When it opened, UTC.</param>
/// <param name="Similarity">In [0, 1]; 1 is identical.</param>
/// <param name="Title">Its title.</param>
/// <param name="Verdict"><c>useful</c>, <c>noise</c>, or null without a verdict.</param>
public sealed record SimilarIncident(
    string IncidentId, DateTimeOffset OpenedAt, double Similarity, Text Title, string? Verdict);
