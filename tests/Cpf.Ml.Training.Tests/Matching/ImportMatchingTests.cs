using System.Globalization;
using System.Text;
using Cpf.Ml.Training.Matching.Data;

namespace Cpf.Ml.Training.Tests.Matching;

public sealed class ImportMatchingTests : IDisposable
{
    private const string Info =
        "CodeRNCP;intituleDiplome;CodeTypeCertif;NiveauEurope;date_fin_validite_enregistrement;ActiveInactive;"
            + "AncienneFiche;NouvelleFiche\n";

    private readonly TemporaryFolder _folder = new();

    public ImportMatchingTests() => Write(Enumerable.Range(1, 30));

    [Fact]
    public async Task Repairs_and_omissions_are_counted_in_the_report()
    {
        var output = await ImportAsync();
        Assert.Contains(
            "any name/rncp_info.csv: 31 rows; 1 repeated rows, read once; 4 values over several lines, joined",
            output,
            StringComparison.Ordinal);
        Assert.Contains("  2 declared codes are no ROME code, left out: I13, K", output, StringComparison.Ordinal);
        Assert.Contains(
            "Register: 30 fiches, 29 active, 0 of the specific register; 30 declare 30 jobs;",
            output,
            StringComparison.Ordinal);
        Assert.Contains("ROME: 1 jobs of version 3, 1 of version 4, 1 titles", output, StringComparison.Ordinal);
        Assert.Contains("there is no dares_tensions.csv", output, StringComparison.Ordinal);
        Assert.Equal(
            output.TrimEnd(),
            (await File.ReadAllTextAsync(_folder["out/report.txt"], TestContext.Current.CancellationToken)).TrimEnd());
    }

    [Theory]
    [InlineData("export_fiches_CSV_Rome_2026_02_01.csv", "2026-02-01")]
    [InlineData("export_fiches_CSV_Rome_2026_02_99.csv", null)]
    public void The_day_of_the_register_is_the_one_in_its_names(string file, string? day)
    {
        Directory.CreateDirectory(_folder["official"]);
        File.WriteAllText(_folder["official/" + file], "");
        Assert.Equal(
            day, PublishedFolders.In(_folder["."]).RegisterOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Null(PublishedFolders.In(_folder["in"]).RegisterOn);
    }

    [Fact]
    public async Task Second_import_reports_what_has_changed()
    {
        await ImportAsync();
        Assert.Contains("Nothing has changed since the last import.", await ImportAsync(), StringComparison.Ordinal);

        Write(
            [.. Enumerable.Range(2, 29), 40],
            "RNCP40;Titre 40;TP;niveau4;;ACTIVE;RNCP2;\n",
            rome4: "I1306,Frigoriste,I1306\nI1399,Froid,I1306\n");
        var output = await ImportAsync();
        Assert.Contains("  1 fiches are new: RNCP40", output, StringComparison.Ordinal);
        Assert.Contains("  1 fiches are gone: RNCP1", output, StringComparison.Ordinal);
        Assert.Contains("  1 fiches replace another: RNCP2 -> RNCP40", output, StringComparison.Ordinal);
        Assert.Contains("  1 ROME codes have other jobs of version 4: I1306", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_loses_more_than_one_fiche_in_twenty_is_refused_unless_forced()
    {
        await ImportAsync();
        var before = await File.ReadAllTextAsync(_folder["out/register.json"], TestContext.Current.CancellationToken);
        Write(Enumerable.Range(3, 28));
        var (exit, _, error) = await RunAsync();
        Assert.Equal(2, exit);
        Assert.Contains(
            "2 of the 30 fiches of the last import are not there (RNCP1, RNCP2…), more than 5 %",
            error,
            StringComparison.Ordinal);
        Assert.Equal(
            before, await File.ReadAllTextAsync(_folder["out/register.json"], TestContext.Current.CancellationToken));

        (exit, _, error) = await RunAsync("--force");
        Assert.True(exit == 0, error);
        Assert.Equal(28, MatchingData.Read(_folder["out"]).Register.Length);
    }

    [Fact]
    public async Task Broken_encoding_and_missing_file_are_reported_by_name()
    {
        await File.WriteAllBytesAsync(
            _folder["in/any name/rncp_info.csv"],
            Encoding.Latin1.GetBytes(Info + "RNCP1;Métier;TP;niveau4;;ACTIVE;;\n"),
            TestContext.Current.CancellationToken);
        var (exit, _, error) = await RunAsync();
        Assert.Equal(2, exit);
        Assert.Contains("rncp_info.csv", error, StringComparison.Ordinal);

        File.Delete(_folder["in/any name/rncp_rome.csv"]);
        Write([1]);
        File.Delete(_folder["in/any name/rncp_nsf.csv"]);
        (exit, _, error) = await RunAsync();
        Assert.Equal(2, exit);
        Assert.Contains("rncp_nsf", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shortages_keep_every_family_of_a_job_and_the_areas_of_its_region()
    {
        var shortages = MatchingData.Read(SharedData.Root).Shortages
            .ToDictionary(shortage => (shortage.Job, shortage.Region));
        Assert.Equal([5, 2], shortages[("K2301", null)].Categories); // families J3Z43 and W0Z80, by hand
        Assert.Equal(2019, shortages[("K2301", "53")].Year);
        Assert.InRange(shortages.Keys.Select(key => key.Region).OfType<string>().Distinct().Count(), 17, 18);
        Assert.All(
            shortages.Keys.Select(key => key.Region).OfType<string>(),
            region => Assert.NotNull(Cpf.Ml.Scoring.Matching.Region.Find(region)));
        Assert.All(shortages.Values, shortage => Assert.InRange(shortage.TenseAreas, 0, shortage.Areas));
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] more) =>
        Cli.RunAsync(["data", "import", "matching", "--from", _folder["in"], "--out", _folder["out"], .. more]);

    private async Task<string> ImportAsync()
    {
        var (exit, output, error) = await RunAsync();
        Assert.True(exit == 0, error);
        return output;
    }

    /// <summary>
    /// A register of 2021 with these numbers, of which the last is no longer active, and a ROME of one job.
    /// </summary>
    private void Write(IEnumerable<int> fiches, string more = "", string rome4 = "I1306,Frigoriste,I1306\n")
    {
        var numbers = fiches.Where(number => number != 40).ToList();
        string Row(int number) =>
            $"RNCP{number};{(number < 5 ? $"\"Titre\n{number}\"" : $"Titre {number}")};TP;niveau4;;"
            + $"{(number == 30 ? "INACTIVE" : "ACTIVE")};;\n";
        void File(string name, string text) => _folder.Write("in/" + name, text);
        File(
            "any name/rncp_info.csv",
            Info + string.Concat(numbers.Select(Row)) + more + "RNCP30;Titre 30;TP;niveau4;;INACTIVE;;\n");
        File(
            "any name/rncp_rome.csv",
            "CodeRNCP;Rome\n" + string.Concat(numbers.Select(number => $"RNCP{number};I1306\n"))
                + "RNCP5;I13\nRNCP6;K\n");
        foreach (var (name, header) in new[]
        {
            ("rncp_nsf", "CodeRNCP;code"),
            ("rncp_certificateurs", "CodeRNCP;Certificateur"),
            ("rncp_blocs_competences", "CodeRNCP;intitule"),
        })
        {
            File($"any name/{name}.csv", header + "\n");
        }

        File("r/unix_referentiel_code_rome_v347.csv", "code_rome,libelle_rome\nI1306,Froid\n");
        File(
            "r/unix_referentiel_code_rome_v460.csv",
            "code_rome,libelle_rome,transition_eco,transition_num,transition_demo,code_rome_parent\n"
                + string.Concat(
                    rome4.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))
                        .Select(cells => $"{cells[0]},{cells[1]},Emploi Blanc,,,{cells[2]}\n")));
        File("r/unix_referentiel_appellation_v347.csv", "code_rome,libelle_appellation_long\nI1306,Frigoriste\n");
        File("r/unix_referentiel_competence_v347.csv", "code_ogr,libelle_competence\n");
        File("r/unix_liens_rome_referentiels_v347.csv", "code_rome,code_ogr,code_type_referentiel\n");
        File("r/unix_texte_v347.csv", "code_rome,position_libelle_txt,libelle_type_texte,libelle_texte\n");
        File("r/unix_rubrique_mobilite_v347.csv", "code_rome,code_rome_cible\n");
        File("r/activite.xml", "<r/>");
    }
}
