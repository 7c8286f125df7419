using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Data.Generation;

/// <summary>Titles, levels and fields of the real register, from the export of 2021.</summary>
internal static class RegisterTitles
{
    /// <summary>Of fiches in a field that the generator knows; active ones first, as they are written.</summary>
    public static List<RegisterEntry> Read(string folder)
    {
        string Csv(string name) => File.Exists(Path.Combine(folder, name))
            ? $"read_csv({Sql.Quote(Path.Combine(folder, name))}, delim = ';', header = true, all_varchar = true, quote = '\"')"
            : throw new InputException($"{Path.Combine(folder, name)}: there is no such file.");
        var domains = Domain.All.GroupBy(domain => domain.Nsf).ToDictionary(group => group.Key, group => group.First());
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        var entries = connection.Query(
            $"""
            SELECT i.CodeRNCP, any_value(replace(i.intituleDiplome, '''''', '''')), any_value(try_cast(right(i.NiveauEurope, 1) AS INTEGER)), min(n.code)
            FROM {Csv("rncp_info.csv")} i JOIN {Csv("rncp_nsf.csv")} n ON n.CodeRNCP = i.CodeRNCP
            GROUP BY i.CodeRNCP ORDER BY any_value(i.ActiveInactive), i.CodeRNCP
            """,
            row => (Id: row.GetString(0), Title: row.GetString(1), Level: row.IsDBNull(2) ? (int?)null : row.GetInt32(2), Nsf: row.GetString(3)));
        return [.. entries.Where(entry => domains.ContainsKey(entry.Nsf)).Select(entry => new RegisterEntry(entry.Id, entry.Title.ReplaceLineEndings(" "), entry.Level, domains[entry.Nsf]))];
    }
}
