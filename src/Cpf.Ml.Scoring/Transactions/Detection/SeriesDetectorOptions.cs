namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>How the points of a series are scored. One configuration serves every series of a kind.</summary>
public sealed record SeriesDetectorOptions : IValidated
{
    /// <summary>Chooses the scale on which deviations are judged. Default <see cref="MetricKind.Gauge"/>.</summary>
    public MetricKind Kind { get; init; } = MetricKind.Gauge;

    /// <summary>IANA name of the zone whose days and weeks the series follows. Default <c>UTC</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Whether a French public holiday counts as a Sunday. Default false.</summary>
    public bool FrenchHolidays { get; init; }

    /// <summary>Initial value of <see cref="SeriesDetector.IsImportant"/>. Default false.</summary>
    public bool Important { get; init; }

    /// <summary>For ablations only.</summary>
    internal DetectorPart Without { get; init; } = DetectorPart.None;

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (!Enum.IsDefined(Kind))
        {
            yield return $"Kind must be one of {string.Join(", ", Enum.GetNames<MetricKind>())}, was {Kind}.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            yield return $"Zone must be a time zone such as Europe/Paris, was {Zone}.";
        }
    }
}
