using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>
/// Fiches of the national register: the layout of 2021, today's official one, or both, of which the official one
/// completes the other.
/// </summary>
/// <remarks>What is there twice is there once; codes that are no ROME code (families of two digits, letters alone) are
/// left out.</remarks>
internal static class RegisterReader
{
    /// <param name="data">Folder with published files, see <see cref="PublishedFolders"/>.</param>
    /// <param name="report">Collects what is left out.</param>
    /// <exception cref="InputException">Neither is there, or a file is not as published.</exception>
    public static ImmutableArray<Fiche> Read(string data, ImportReport report) =>
        ExportFile.Reading(data, () => Fiches(data, report));

    private static ImmutableArray<Fiche> Fiches(string data, ImportReport report)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        var published = PublishedFolders.In(data);
        if (published is { OldRegister: null, Register: null })
        {
            throw new InputException($"{data}: no register: no folder with rncp_info.csv, and none with "
                + "export_fiches*_Rome_*.csv.");
        }

        var folder = published.Register is { } official ? new ExportFolder(connection, official) : null;
        var fiches = new Dictionary<string, Fiche>();
        if (published.OldRegister is { } old)
        {
            Add(fiches, Of2021(connection, new ExportFolder(connection, old), folder, report));
        }

        if (folder?.Find("Standard") is { } standard)
        {
            Add(fiches, Official(connection, folder, standard, report));
        }

        return [.. fiches.Values.OrderBy(fiche => fiche.Number).ThenBy(fiche => fiche.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Fiches of a file in the official Standard layout, with what its own optional columns say (values apart by bars)
    /// in place of companion files.
    /// </summary>
    public static ImmutableArray<Fiche> ReadStandard(string path) => ExportFile.Reading(path, () =>
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        return Standard(connection, new ExportFile(connection, path)).ToImmutableArray();
    });

    private static void Add(Dictionary<string, Fiche> all, IEnumerable<Fiche> some)
    {
        foreach (var fiche in some)
        {
            all[fiche.Id] = fiche;
        }
    }

    private static List<Fiche> Of2021(
        DuckDBConnection connection, ExportFolder old, ExportFolder? official, ImportReport report)
    {
        var info = old.Get("rncp_info");
        var c = info.Columns("CodeRNCP", "intituleDiplome", "CodeTypeCertif",
            "NiveauEurope", "date_fin_validite_enregistrement", "ActiveInactive", "AncienneFiche", "NouvelleFiche");
        var rows = connection.Query(
            $"SELECT {c[0]}, {c[1]}, {c[2]}, {c[3]}, strptime(nullif(trim({c[4]}), ''), '%m/%d/%y')::DATE, {c[5]}, "
                + $"{c[6]}, {c[7]} FROM {info.Source}",
            row => (Id: Value(row, 0), Title: Value(row, 1), Type: Value(row, 2), Level: Value(row, 3),
                Until: row.IsDBNull(4) ? (DateOnly?)null : DateOnly.FromDateTime(row.GetDateTime(4)),
                State: Value(row, 5), Old: Value(row, 6), New: Value(row, 7)));
        var lineage = rows.SelectMany(row => new[] { (row.Id, Ancestor: row.Old), (Id: row.New, Ancestor: row.Id) })
            .Concat(official is null ? [] : Lineage(connection, official))
            .Where(link => link.Id.Length > 0 && link.Ancestor.Length > 0 && link.Id != link.Ancestor)
            .ToLookup(link => link.Id, link => link.Ancestor);

        // Codes of 2021 that were withdrawn since are corrected in the official file: what it has of a fiche replaces
        // them.
        var corrected = (official is null ? [] : Jobs(connection, official.Get("Rome"),
            "Numero_Fiche", "Codes_Rome_Code", report)).ToLookup(pair => pair.Id, pair => pair.Value);
        var jobs = Jobs(connection, old.Get("rncp_rome"), "CodeRNCP", "Rome", report)
            .ToLookup(pair => pair.Id, pair => pair.Value);
        var nsf = (official is null ? Pairs(connection, old.Get("rncp_nsf"), "CodeRNCP", "code") : Pairs(
            connection, official.Get("Nsf"), "Numero_Fiche", "Nsf_Code")).ToLookup(pair => pair.Id, pair => pair.Value);
        var certifiers = Pairs(connection, old.Get("rncp_certificateurs"), "CodeRNCP", "Certificateur")
            .ToLookup(pair => pair.Id, pair => pair.Value);
        var blocks = Pairs(connection, old.Get("rncp_blocs"), "CodeRNCP", "intitule")
            .ToLookup(pair => pair.Id, pair => pair.Value);
        var formacodes = Formacodes(connection, official);
        return [.. rows.GroupBy(row => row.Id).Where(group => group.Key.Length > 4).Select(
            group => new Fiche(group.Key, Clean(group.First().Title), group.First().Type, Level(group.First().Level))
        {
            Nsf = Distinct(nsf[group.Key]),
            Formacodes = [.. formacodes[group.Key].DistinctBy(formacode => formacode.Code)],
            Certifiers = Distinct(certifiers[group.Key]),
            Blocks = Distinct(blocks[group.Key]),
            Ancestors = Distinct(lineage[group.Key]),
            Jobs = Distinct(corrected.Contains(group.Key) ? corrected[group.Key] : jobs[group.Key]),
            ExpiresOn = group.Max(row => row.Until),
            IsActive = group.Any(row => row.State == "ACTIVE"),
        })];
    }

    private static List<Fiche> Official(
        DuckDBConnection connection, ExportFolder official, ExportFile standard, ImportReport report)
    {
        var nsf = Pairs(connection, official.Get("Nsf"), "Numero_Fiche", "Nsf_Code")
            .ToLookup(pair => pair.Id, pair => pair.Value);
        var jobs = Jobs(connection, official.Get("Rome"), "Numero_Fiche", "Codes_Rome_Code", report)
            .ToLookup(pair => pair.Id, pair => pair.Value);
        var certifiers = Pairs(connection, official.Get("Certificateurs"), "Numero_Fiche", "Nom_Certificateur")
            .ToLookup(pair => pair.Id, pair => pair.Value);
        var blocks =
            official.Find("Blocs") is { } file ? Pairs(connection, file, "Numero_Fiche", "Bloc_Competences_Libelle")
                .ToLookup(pair => pair.Id, pair => pair.Value)
                : Enumerable.Empty<string>().ToLookup(_ => "", name => name);
        var lineage = Lineage(connection, official).Where(link => link.Id.Length > 0
            && link.Ancestor.Length > 0 && link.Id != link.Ancestor).ToLookup(link => link.Id, link => link.Ancestor);
        var formacodes = Formacodes(connection, official);
        return [.. Standard(connection, standard).Select(fiche => fiche with
        {
            Nsf = Distinct(nsf[fiche.Id]),
            Formacodes = [.. formacodes[fiche.Id].DistinctBy(code => code.Code)],
            Certifiers = Distinct(certifiers[fiche.Id]),
            Blocks = Distinct(blocks[fiche.Id]),
            Ancestors = Distinct(lineage[fiche.Id]),
            Jobs = Distinct(jobs[fiche.Id]),
        })];
    }

    private static IEnumerable<Fiche> Standard(DuckDBConnection connection, ExportFile standard)
    {
        var c = standard.Columns("Numero_Fiche", "Intitule");
        string Optional(params string[] names) => standard.Find(names) ?? "NULL::VARCHAR";
        string Day(string name) => standard.Find(name) is { } column ? $"coalesce(try_strptime(trim({column}), "
            + "['%d/%m/%Y', '%Y-%m-%d', '%d/%m/%y']), NULL)::DATE" : "NULL::DATE";
        return connection.Query(
            $"""
            SELECT trim({c[0]}), {c[1]}, {Optional("Abrege_Libelle")}, {Optional("Nomenclature_Europe_Niveau")},
                   {Day("Date_Fin_Enregistrement")}, {Optional("Actif")}, {Optional("Formacodes")}, {Optional("Nsf")},
                   {Optional("Certificateurs")}, {Optional("Anciennes_Certifications")}
            FROM {standard.Source}
            """,
            row => (Id: Value(row, 0), Title: Value(row, 1), Type: Value(row, 2), Level: Value(row, 3),
                Until: row.IsDBNull(4) ? (DateOnly?)null : DateOnly.FromDateTime(row.GetDateTime(4)),
                State: Value(row, 5),
                Formacodes: Value(row, 6), Nsf: Value(row, 7), Certifiers: Value(row, 8), Ancestors: Value(row, 9)))
            .Where(row => IsFiche(row.Id)).DistinctBy(row => row.Id)
            .Select(row => new Fiche(row.Id, Clean(row.Title), row.Type, Level(row.Level))
            {
                Nsf = Distinct(Bars(row.Nsf)),
                Formacodes = [.. Bars(row.Formacodes).Select(Code).DistinctBy(code => code.Code)],
                Certifiers = Distinct(Bars(row.Certifiers)),
                Ancestors = Distinct(Bars(row.Ancestors)),
                ExpiresOn = row.Until,
                IsActive = row.State.ToUpperInvariant() is "ACTIVE" or "TRUE" or "OUI" or "1",
            });
    }

    /// <summary>« 22624 », or « 22624 : Installation frigorifique ».</summary>
    private static Formacode Code(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return new(text[..digits], text[digits..].Trim(' ', ':', '-'));
    }

    private static ILookup<string, Formacode> Formacodes(DuckDBConnection connection, ExportFolder? official) =>
        (official is null ? [] : connection.Query(official.Get("Formacode").Select("Numero_Fiche", "Formacode_Code",
            "Formacode_Libelle"), row => (Id: Value(row, 0), Code: new Formacode(Value(row, 1), Clean(Value(row, 2))))))
        .Where(row => row.Code.Code.Length > 0).ToLookup(row => row.Id, row => row.Code);

    private static IEnumerable<(string Id, string Ancestor)> Lineage(
        DuckDBConnection connection, ExportFolder official) =>
        connection.Query(official.Get("Ancienne_Nouvelle").Select("Numero_Fiche", "Ancienne_Certification",
            "Nouvelle_Certification"), row => (Id: Value(row, 0), Old: Value(row, 1), New: Value(row, 2)))
            .SelectMany(row => new[] { (row.Id, row.Old), (row.New, row.Id) });

    private static List<(string Id, string Value)> Pairs(
        DuckDBConnection connection, ExportFile file, string id, string value) =>
        connection.Query(file.Select(id, value), row => (Value(row, 0), Clean(Value(row, 1))));

    /// <summary>Declared codes; families of jobs and what else is no code are left out.</summary>
    private static IEnumerable<(string Id, string Value)> Jobs(
        DuckDBConnection connection, ExportFile file, string id, string value, ImportReport report)
    {
        var all = Pairs(connection, file, id, value).Distinct().ToLookup(pair => IsJob(pair.Value));
        report.Count("declared codes are no ROME code, left out",
            all[false].Where(pair => pair.Value.Length > 0).Select(pair => pair.Value));
        return all[true];
    }

    private static string Value(System.Data.Common.DbDataReader row, int column) =>
        row.IsDBNull(column) ? string.Empty : row.GetString(column).Trim();

    /// <summary>Texts of the register have doubled quotes and line breaks.</summary>
    private static string Clean(string text) => string.Join(' ',
        text.Replace("''", "'", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Bars(string text) =>
        text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ImmutableArray<string> Distinct(IEnumerable<string> values) =>
        [.. values.Where(value => value.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    private static int? Level(string text) =>
        text.FirstOrDefault(char.IsAsciiDigit) is var digit and >= '1' and <= '8' ? digit - '0' : null;

    /// <summary>A letter from A to N and four digits.</summary>
    public static bool IsJob(string code) =>
        code.Length == 5 && code[0] is >= 'A' and <= 'N' && code.Skip(1).All(char.IsAsciiDigit);

    private static bool IsFiche(string id) =>
        (id.StartsWith("RNCP", StringComparison.Ordinal) && id.Length > 4 && id.Skip(4).All(char.IsAsciiDigit))
            || (id.StartsWith("RS", StringComparison.Ordinal) && id.Length > 2 && id.Skip(2).All(char.IsAsciiDigit));
}
