using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Platform.Register;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>Titles, levels and fields of the real register, for an imagined platform.</summary>
internal static class RegisterTitles
{
    /// <summary>Of fiches in a field that the generator knows; those that last longest first.</summary>
    public static List<RegisterEntry> Read(string folder)
    {
        var domains = Domain.All.GroupBy(domain => domain.Nsf).ToDictionary(group => group.Key, group => group.First());
        using var export = RegisterExport.Open(folder);
        return [.. export.Connection.Query(
            "SELECT certification_id, title, level, nsf FROM fiches ORDER BY expires_on DESC, certification_id",
            row => (Id: row.GetString(0), Title: row.GetString(1),
                Level: row.IsDBNull(2) ? (int?)null : (int)row.GetInt64(2), Nsf: row.GetString(3)))
            .Where(entry => domains.ContainsKey(entry.Nsf))
            .Select(entry => new RegisterEntry(entry.Id, entry.Title, entry.Level, domains[entry.Nsf]))];
    }
}
