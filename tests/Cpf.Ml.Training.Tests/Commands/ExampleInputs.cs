using System.Globalization;
using static System.FormattableString;

namespace Cpf.Ml.Training.Tests.Commands;

/// <summary>What examples read that the repository does not bundle: small files of each published kind.</summary>
internal static class ExampleInputs
{
    private const int Fiches = 240;
    private const int NewestNumber = 34_000;

    /// <summary>Four jobs, each with the content that leads to it.</summary>
    private static readonly Job[] Jobs =
    [
        new("I1306", "Frigoriste", "22624", "Installation frigorifique"),
        new("I1604", "Mécanicien automobile", "23684", "Mécanique automobile"),
        new("J1506", "Infirmier", "43448", "Soins infirmiers"),
        new("M1805", "Développeur informatique", "31088", "Programmation"),
    ];

    public static void Write(TemporaryFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.In("data"), "*", SearchOption.AllDirectories))
        {
            var copy = folder["data/" + Path.GetRelativePath(Repository.In("data"), file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Benchmarks(folder);
        Searches(folder);
        Register(folder);
        Rome(folder);
        folder.Write(
            "published/formations-engagees.csv",
            """
            date_validation;statut dossier;type_referentiel;code_rs;code_rncp;modalité_présence;nb_dossiers;prix_moyen
            2026-01;Validé;RNCP;;34001;En présentiel;3;1200,50
            2026-02;Validé;RS;5001;;À distance;2;900

            """);
    }

    private static void Benchmarks(TemporaryFolder folder)
    {
        var random = new Random(1);
        var start = new DateTime(2026, 1, 5);
        var points = Enumerable.Range(0, 2000).Select(i =>
        {
            var value = (i is > 1500 and < 1520 ? 50 : 10) + random.NextDouble();
            return Invariant($"{start.AddMinutes(5 * i):yyyy-MM-dd HH:mm:ss},{value:F3}\n");
        });
        folder.Write("nab/data/example/steps.csv", "timestamp,value\n" + string.Concat(points));
        folder.Write(
            "nab/labels/combined_windows.json",
            """{"example/steps.csv": [["2026-01-10 05:00:00", "2026-01-10 07:00:00"]]}""");
        var rows = Enumerable.Range(0, 300).Select(i => i % 30 == 0
            ? Invariant($"{3 + random.NextDouble():F4},{random.NextDouble():F4},1\n")
            : Invariant($"{random.NextDouble():F4},{random.NextDouble():F4},0\n"));
        folder.Write("adbench/example.csv", "a,b,y\n" + string.Concat(rows));
    }

    private static void Searches(TemporaryFolder folder)
    {
        folder.Write("queries.csv", "query\nanglais\n");
        folder.Write(
            "golden_vectors.json",
            """
            {"vectors": [{"id": "m-table", "metric": "m-table", "input": {"k": 3, "p": 0.5, "alpha": 0.1},
                          "expected": [0, 0, 0], "tolerance": 0}]}
            """);
        folder.Write("constraint.json", """{"dimensions":["size"],"target":"relevance","shown":2}""");
        folder.Write(
            "answers.jsonl",
            """
            {"query": "anglais", "day": "2026-06-01", "offers": [
            {"id": "a", "organisation": "A", "score": 0.9, "relevance": 0.9, "groups": {"size": "large"}},
            {"id": "b", "organisation": "B", "score": 0.8, "relevance": 0.9, "groups": {"size": "small"}}]}
            """.ReplaceLineEndings(" "));
    }

    /// <summary>
    /// The layout of 2021, with Formacodes of the official one, and the files that matching link and search read.
    /// </summary>
    private static void Register(TemporaryFolder folder)
    {
        string All(Func<int, Job, string> line) => string.Concat(
            Enumerable.Range(0, Fiches).Select(i => line(NewestNumber - Fiches + i + 2, Jobs[i % Jobs.Length])));
        void Write(string name, string header, Func<int, Job, string> line) =>
            folder.Write($"published/{name}.csv", header + "\n" + All(line));

        Write(
            "register/rncp_info",
            "CodeRNCP;intituleDiplome;CodeTypeCertif;NiveauEurope;date_fin_validite_enregistrement;ActiveInactive;"
            + "AncienneFiche;NouvelleFiche",
            (number, job) => $"RNCP{number};{job.Title} spécialité {number % 7};TP;niveau4;;ACTIVE;;\n");
        Write("register/rncp_rome", "CodeRNCP;Rome", (number, job) => $"RNCP{number};{job.Rome}\n");
        Write("register/rncp_nsf", "CodeRNCP;code", (number, job) => $"RNCP{number};2{job.Rome[1..3]}\n");
        Write(
            "register/rncp_certificateurs",
            "CodeRNCP;siret_organisme;Certificateur",
            (number, _) => $"RNCP{number};11000007200014;Certificateur {number % 5}\n");
        Write("register/rncp_blocs_competences", "CodeRNCP;intitule", (number, job) => $"RNCP{number};{job.Content}\n");
        Write(
            "official/export_fiches_CSV_Formacode_2026_02_01",
            "Numero_Fiche;Formacode_Code;Formacode_Libelle",
            (number, job) => $"RNCP{number};{job.Formacode};{job.Content}\n");
        Write(
            "official/export_fiches_CSV_Rome_2026_02_01",
            "Numero_Fiche;Codes_Rome_Code",
            (number, job) => $"RNCP{number};{job.Rome}\n");
        Write(
            "official/export_fiches_CSV_Nsf_2026_02_01",
            "Numero_Fiche;Nsf_Code",
            (number, job) => $"RNCP{number};2{job.Rome[1..3]}\n");
        Write(
            "official/export_fiches_CSV_Certificateurs_2026_02_01",
            "Numero_Fiche;Nom_Certificateur",
            (number, _) => $"RNCP{number};Certificateur {number % 5}\n");
        folder.Write(
            "published/official/export_fiches_CSV_Ancienne_Nouvelle_Certification_2026_02_01.csv",
            "Numero_Fiche;Ancienne_Certification;Nouvelle_Certification\n");
        folder.Write(
            "fiches.csv",
            "Numero_Fiche;Intitule;Formacodes\nRNCP99001;Technicien frigoriste;22624 : Installation frigorifique\n");
        folder.Write("codes.csv", "I1306\nJ1506\n");
    }

    private static void Rome(TemporaryFolder folder)
    {
        string All(Func<Job, string> line) => string.Concat(Jobs.Select(line));
        void Write(string name, string header, string rows) =>
            folder.Write($"published/rome/unix_{name}.csv", header + "\n" + rows);

        Write("referentiel_code_rome_v347", "code_rome,libelle_rome", All(job => $"{job.Rome},{job.Title}\n"));
        Write(
            "referentiel_code_rome_v460",
            "code_rome,libelle_rome,transition_eco,transition_num,transition_demo,code_rome_parent",
            All(job => $"{job.Rome},{job.Title},Emploi {(job.Rome == "I1306" ? "Vert" : "Blanc")},,,{job.Rome}\n"));
        Write(
            "referentiel_appellation_v347",
            "code_rome,libelle_appellation_long",
            All(job => string.Concat(((string[])["", " confirmé", " débutant", " en chef", " itinérant"]).Select(kind =>
                $"{job.Rome},{job.Title}{kind}\n"))));
        Write("referentiel_competence_v347", "code_ogr,libelle_competence", "");
        Write("liens_rome_referentiels_v347", "code_rome,code_ogr,code_type_referentiel", "");
        Write(
            "texte_v347",
            "code_rome,position_libelle_txt,libelle_type_texte,libelle_texte",
            All(job => $"{job.Rome},1,definition,{job.Content.ToLower(CultureInfo.InvariantCulture)}\n"));
        Write("rubrique_mobilite_v347", "code_rome,code_rome_cible", "");
        folder.Write("published/rome/activite.xml", "<r/>");
    }

    private sealed record Job(string Rome, string Title, string Formacode, string Content);
}
