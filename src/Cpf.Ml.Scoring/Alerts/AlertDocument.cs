using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Everything that a person needs to judge an alert, at its most telling point.</summary>
public sealed record AlertDocument
{
    /// <summary>What happened, in a sentence that a person would say.</summary>
    public required Text Sentence { get; init; }

    /// <summary>In the unit <see cref="Unit"/>; null when nothing was observed.</summary>
    public double? Observed { get; init; }

    /// <summary>What the model expected; null while it is not warm.</summary>
    public double? Expected { get; init; }

    /// <summary>Where 99 % of ordinary points lie.</summary>
    public Band? Band99 { get; init; }

    /// <summary>Where 99.9 % of ordinary points lie.</summary>
    public Band? Band999 { get; init; }

    /// <summary>For example <c>s</c>, <c>1/min</c>, <c>%</c>; empty when unknown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>100 × (observed − expected) ÷ |expected|; null when expected is about 0.</summary>
    public double? DeviationPercent { get; init; }

    /// <summary>Deviation in multiples of the usual noise, signed.</summary>
    public double? DeviationNoise { get; init; }

    /// <summary>0–100: 60 = 1 point in 1 000, 80 = 1 in 10 000, 100 = 1 in 100 000 or rarer.</summary>
    public double Score { get; init; }

    /// <summary>The p-value behind the score, in (0, 1].</summary>
    public double PValue { get; init; } = 1;

    public bool IsWarm { get; init; }

    /// <summary>Weeks of history behind the judgement; separate from the score.</summary>
    public double ConfidenceWeeks { get; init; }

    /// <summary>The tests that fired, strongest first.</summary>
    public ImmutableArray<FiredTest> Tests { get; init; } = [];

    /// <summary>When the deviation began, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary><see cref="Since"/> one to four weeks before by the clock on the operators' wall, where known, newest
    /// first.</summary>
    public ImmutableArray<PastMoment> PastWeeks { get; init; } = [];

    /// <summary>The most similar past incident; null when there is none.</summary>
    public SimilarIncident? Similar { get; init; }

    /// <summary>Of an alert about series together: those that were strangest when it was written, at most 5, strangest
    /// first. Empty of others.</summary>
    public ImmutableArray<Contributor> Contributors { get; init; } = [];

    /// <summary>The deployment of the service shortly after which it began; null when there was none.</summary>
    public RecentDeployment? Deployment { get; init; }

    /// <summary>
    /// Labels of the series as its source gave them, the metric's name as <c>__name__</c>: two pods have one name among
    /// people and differ here. Empty when the alert is not of one series.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What judged, with its version, for example <c>transactions/series-detector@1</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>Under which configuration: docs/scores.md says what is in it.</summary>
    public string Configuration { get; init; } = "";
}

/// <summary>Both ends included, in the unit of the series.</summary>
public readonly record struct Band(double Lower, double Upper);

/// <param name="Name">The test's stable name, for example <c>level-48</c>.</param>
/// <param name="PValue">How rare such a value is in the test's own past, in (0, 1].</param>
/// <param name="Direction">+1 above what is usual, −1 below, 0 without direction.</param>
/// <param name="Sentence">What the test saw.</param>
public sealed record FiredTest(string Name, double PValue, int Direction, Text Sentence);

/// <param name="SeriesId">16 hexadecimal digits.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Score">0–100, of its newest point then.</param>
public sealed record Contributor(string SeriesId, Text Name, double Score);

/// <param name="Version">In the words of those who deployed it.</param>
/// <param name="At">UTC.</param>
public sealed record RecentDeployment(string Version, DateTimeOffset At);

public readonly record struct PastMoment(DateTimeOffset At, double Value);

/// <param name="IncidentId">Its id.</param>
/// <param name="OpenedAt">When it began, UTC.</param>
/// <param name="Similarity">In [0, 1], 1 the same.</param>
/// <param name="Title">Its sentence.</param>
/// <param name="Verdict"><c>useful</c>, <c>noise</c> or null when nobody said.</param>
public sealed record SimilarIncident(
    string IncidentId, DateTimeOffset OpenedAt, double Similarity, Text Title, string? Verdict);
