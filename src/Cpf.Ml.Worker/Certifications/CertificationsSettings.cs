using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Where platform data are, and how many cases controllers can read.</summary>
public sealed class CertificationsSettings : IValidated
{
    /// <summary>Folder of platform data (<c>docs/platform-data.md</c>). Empty, the default: no certification is
    /// scored.</summary>
    public string Data { get; init; } = "";

    /// <summary>Folder of a model trained on controls (<c>cpf-ml train certifications</c>). Empty, the default: cases
    /// are ranked by the evidence alone.</summary>
    public string Model { get; init; } = "";

    /// <summary>Cases that controllers read in a week: as many are opened within seven days at most. Default
    /// 20.</summary>
    public int WeeklyBudget { get; init; } = 20;

    /// <summary>How often the data are checked for changes. Default one hour.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the lease of who reads a case lasts after the last act. Default 30 minutes.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a certification whose case was closed gets no new case. Default 90 days: the window of the
    /// features.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Time zone of printed files. Default <c>Europe/Paris</c>.</summary>
    public string Zone { get; init; } = "Europe/Paris";

    public IEnumerable<string> Validate()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            yield return $"Zone must be a time zone, was {Zone}.";
        }

        if (WeeklyBudget is < 1 or > 1000)
        {
            yield return $"WeeklyBudget must be 1 to 1000, was {WeeklyBudget}.";
        }

        if (Every < TimeSpan.FromMinutes(1))
        {
            yield return $"Every must be at least a minute, was {Every}.";
        }

        if (Rest < TimeSpan.Zero)
        {
            yield return $"Rest must be 0 or more, was {Rest}.";
        }

        if (LeaseDuration < TimeSpan.FromMinutes(1))
        {
            yield return $"LeaseDuration must be at least a minute, was {LeaseDuration}.";
        }
    }
}
