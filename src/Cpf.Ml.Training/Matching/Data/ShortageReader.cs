using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>
/// Tables of shortages: Dares by family of jobs and region, France Travail by job and employment area, expected
/// difficulties by job.
/// </summary>
/// <remarks>Headers and levels end with blanks here and there, and codes of regions have decimals (« 1.0 »): they are
/// read nevertheless. Families become jobs by the Dares' own table, which is of many to many.</remarks>
internal static class ShortageReader
{
    /// <summary>From here on, five being most, a shortage is one.</summary>
    private const int Tense = 4;

    /// <param name="data">Folder with published files, see <see cref="PublishedFolders"/>; without tables of shortages
    /// nothing is known.</param>
    /// <exception cref="InputException">A file is missing or not as published.</exception>
    public static ImmutableArray<Shortage> Read(string data) =>
        PublishedFolders.In(data).Shortages is { } folder ? ExportFile.Reading(folder, () => Shortages(folder)) : [];

    private static ImmutableArray<Shortage> Shortages(string folder)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        var families = Families(Path.Combine(folder, "dares_fap225_rome.csv"));
        var all = new Dictionary<(string Job, string? Region), Shortage>();
        Shortage At(string job, string? region) => all.GetValueOrDefault((job, region)) ?? new Shortage(job, region);

        var dares = new ExportFile(connection, Path.Combine(folder, "dares_tensions.csv"), ',')
            .Select("fap", "Catégorie Tension", "Année", "niveau_geo", "niveau_fap", "reg");
        foreach (var row in connection.Query(
            $"SELECT c0, round(c1::DOUBLE)::INTEGER, c2::INTEGER, trim(c3), round(nullif(trim(c5), "
                + $"'')::DOUBLE)::INTEGER FROM ({dares}) WHERE trim(c3) IN ('nat', 'reg') AND trim(c4) = 'fap 225' AND "
                + "nullif(trim(c1), '') IS NOT NULL ORDER BY ALL",
            row => (Family: row.GetString(0), Category: row.GetInt32(1), Year: row.GetInt32(2), Region: row
                .GetString(3) == "nat" ? null : row.GetInt32(4).ToString("00", CultureInfo.InvariantCulture))))
        {
            foreach (var job in families[row.Family])
            {
                var known = At(job, row.Region);
                all[(job, row.Region)] =
                    known with { Categories = known.Categories.Add(row.Category), Year = row.Year };
            }
        }

        // The code of an employment area has four digits, a leading zero lost here and there, and begins with its
        // region's; Corsica has its former one, 20.
        var areas = new ExportFile(connection, Path.Combine(folder, "mobiville_cities-tension-utf8.csv"))
            .Select("rome", "cbassin", "ind_tension_d", "annee");
        foreach (var (job, region, count, tense, year) in connection.Query(
            $"SELECT c0, replace(lpad(trim(c1), 4, '0')[1:2], '20', '94'), count(*), count(*) FILTER (WHERE c2::DOUBLE "
                + $">= {Tense}), max(c3::INTEGER) FROM ({areas}) WHERE nullif(trim(c2), '') IS NOT NULL GROUP BY ALL "
                + "ORDER BY ALL",
            row => (row.GetString(0), row.GetString(1), (int)row.GetInt64(2), (int)row.GetInt64(3), row.GetInt32(4))))
        {
            all[(job, region)] = At(job, region) with { Areas = count, TenseAreas = tense, AreasYear = year };
        }

        var difficulties = new ExportFile(connection, Path.Combine(folder, "lbb_metiers_tension.csv"), ',')
            .Select("rome_code", "tension_pct");
        foreach (var (job, percent) in connection.Query($"SELECT c0, max(c1::DOUBLE) FROM ({difficulties}) WHERE c0 <> "
            + "'' GROUP BY ALL ORDER BY ALL", row => (row.GetString(0), row.GetDouble(1))))
        {
            all[(job, null)] = At(job, null) with { Difficulty = Math.Round(percent / 100, 4) };
        }

        return [.. all.Values.OrderBy(shortage => shortage.Job, StringComparer.Ordinal)
            .ThenBy(shortage => shortage.Region, StringComparer.Ordinal)];
    }

    /// <summary>Jobs of each family. The file is of Windows 1252; families without a job have NA.</summary>
    private static ILookup<string, string> Families(string path)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return (File.Exists(path) ? File.ReadAllText(path, Encoding.GetEncoding(1252))
            : throw new InputException($"{path}: there is no such file."))
            .Split('\n').Skip(1).Select(line => line.Trim('\r').Split(';'))
            .Where(cells => cells.Length > 1 && RegisterReader.IsJob(cells[1].Trim()))
            .Select(cells => (Family: cells[0].Trim(), Job: cells[1].Trim()))
            .Distinct().ToLookup(row => row.Family, row => row.Job);
    }
}
