using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Where alerts, accounts and detector states are kept.</summary>
public sealed class StorageSettings : IValidated
{
    /// <summary>PostgreSQL connection string; empty means SQLite at <see cref="Path"/>.</summary>
    public string Connection { get; init; } = "";

    /// <summary>SQLite file, created when missing. Default <c>var/cpf-ml.db</c>.</summary>
    public string Path { get; init; } = "var/cpf-ml.db";

    /// <summary>Days for which closed incidents are kept, with their alerts and timelines, and silences that are over.
    /// Default 400: a year to compare with.</summary>
    public int KeepIncidentsDays { get; init; } = 400;

    /// <summary>Days for which lines of the audit log are kept; no fewer than incidents. Default 1830, five
    /// years.</summary>
    public int KeepAuditDays { get; init; } = 1830;

    /// <summary>Days for which dossiers, companies and links behind a closed case are kept; its reasons and its chained
    /// history stay. Default 365, a year.</summary>
    public int KeepCaseEvidenceDays { get; init; } = 365;

    public IEnumerable<string> Validate()
    {
        if (KeepCaseEvidenceDays is < 35 or > 36_500)
        {
            yield return $"KeepCaseEvidenceDays must be 35 to 36500, was {KeepCaseEvidenceDays}.";
        }

        if (KeepIncidentsDays is < 35 or > 36_500)
        {
            yield return $"KeepIncidentsDays must be 35 to 36500, was {KeepIncidentsDays}.";
        }

        if (KeepAuditDays < KeepIncidentsDays || KeepAuditDays > 36_500)
        {
            yield return $"KeepAuditDays must be at least KeepIncidentsDays ({KeepIncidentsDays}) and at most 36500, "
                + $"was {KeepAuditDays}.";
        }

        if (Connection.Length == 0 && string.IsNullOrWhiteSpace(Path))
        {
            yield return "Path must name a file when Connection is empty.";
        }
    }
}
