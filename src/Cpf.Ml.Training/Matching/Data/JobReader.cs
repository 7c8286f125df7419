using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>
/// Jobs of the ROME as France Travail publishes them: version 3 (CSV, and activities as XML), and the list of version
/// 4.
/// </summary>
internal static class JobReader
{
    /// <param name="data">Folder with published files, see <see cref="PublishedFolders"/>.</param>
    /// <exception cref="InputException">A file is missing or not as published.</exception>
    public static ImmutableArray<Job> Read(string data) => ExportFile.Reading(data, () => Jobs(data));

    private static ImmutableArray<Job> Jobs(string data)
    {
        var folder = PublishedFolders.In(data).Rome ?? throw new InputException($"{data}: no ROME: no folder with "
            + "*code_rome_v3*.csv.");
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        List<string[]> Rows(string part, params string[] columns)
        {
            var path = Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)
                .FirstOrDefault(file => Path.GetFileName(file).Contains(part, StringComparison.Ordinal))
                ?? throw new InputException($"{folder}: there is no file *{part}*.csv.");
            return connection.Query(
                new ExportFile(connection, path, ',').Select(columns), row => columns.Select((_, i) => row.IsDBNull(i)
                    ? string.Empty : row.GetString(i).Replace("''", "'", StringComparison.Ordinal).Trim()).ToArray());
        }

        var labels = Rows("code_rome_v3", "code_rome", "libelle_rome").ToDictionary(row => row[0], row => row[1]);
        var recent = Rows("code_rome_v4",
            "code_rome", "libelle_rome", "transition_eco", "transition_num", "transition_demo", "code_rome_parent");
        var titles = Rows("appellation_v3", "code_rome", "libelle_appellation_long")
            .ToLookup(row => row[0], row => row[1]);
        var skills = Rows("competence_v3", "code_ogr", "libelle_competence").ToDictionary(row => row[0], row => row[1]);
        var activities = Activities(folder);
        var links = Rows("liens_rome", "code_rome", "code_ogr", "code_type_referentiel").ToLookup(row => row[0]);
        var texts = Rows("texte_v3", "code_rome", "position_libelle_txt", "libelle_type_texte", "libelle_texte")
            .ToLookup(row => row[0]);
        var moves = Rows("mobilite_v3", "code_rome", "code_rome_cible").ToLookup(row => row[0], row => row[1]);
        var byParent = recent.ToLookup(row => row[5]);

        // One code of version 3 has titles and no label of its own: the list of version 4 has it.
        return [.. labels.Keys.Concat(titles.Select(group => group.Key))
            .Distinct().Order(StringComparer.Ordinal).Select(code => new Job(
                code, labels.GetValueOrDefault(code) ?? byParent[code].Select(row => row[1]).FirstOrDefault() ?? code)
        {
            Titles = [.. titles[code].Distinct()],
            Recent =
                [.. byParent[code].Select(row => new RecentJob(row[0], row[1], row[2], Flag(row[3]), Flag(row[4])))],
            Skills = [.. links[code].Where(link => link[2] == "1")
                .Select(link => skills.GetValueOrDefault(link[1]) ?? string.Empty)
                .Where(text => text.Length > 0).Distinct()],
            Activities = [.. links[code].Where(link => link[2] == "2")
                .Select(link => activities.GetValueOrDefault(link[1]) ?? string.Empty)
                .Where(text => text.Length > 0).Distinct()],
            Definition = string.Join(
                ' ', texts[code].Where(row => row[2].StartsWith("def", StringComparison.OrdinalIgnoreCase))
                    .OrderBy(row => row[1].Length).ThenBy(row => row[1], StringComparer.Ordinal).Select(row => row[3])),
            Mobilities = [.. moves[code].Distinct().Order(StringComparer.Ordinal)],
        })];
    }

    private static Dictionary<string, string> Activities(string folder)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var path = Directory.EnumerateFiles(folder, "*activite*.xml").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InputException($"{folder}: there is no file *activite*.xml.");
        try
        {
            return XDocument.Load(path).Root!.Elements("item_referentiel_activite")
                .DistinctBy(item => item.Element("code_ogr")?.Value)
                .ToDictionary(item => item.Element("code_ogr")?.Value ?? string.Empty,
                    item => item.Element("libelle")?.Value.Trim() ?? string.Empty);
        }
        catch (XmlException exception)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }

    private static bool? Flag(string text) => text switch
    {
        "O" => true,
        "N" => false,
        _ => null,
    };
}
