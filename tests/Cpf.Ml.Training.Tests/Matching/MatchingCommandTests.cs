using System.Globalization;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Tests.Matching;

/// <summary>Trains on what the real register and ROME say of maintenance (codes of the letter I), and asks.</summary>
public sealed class MatchingCommandTests(
    MatchingCommandTests.Maintenance trained) : IClassFixture<MatchingCommandTests.Maintenance>, IAsyncLifetime
{
    private const string New =
        "Numero_Fiche;Intitule;Abrege_Libelle;Nomenclature_Europe_Niveau;Formacodes;Nsf;Certificateurs;"
        + "Anciennes_Certifications\n"
        + """
        RNCP99001;Technicien d'intervention en froid commercial;TP;NIV4;22624 : Installation frigorifique;227;;
        RNCP99002;Mécanicien de maintenance automobile;TP;NIV3;;252;;
        RNCP99003;Tout autre chose;;;;;;RNCP4
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Here and not in the fixture, where a skip would count as a failure of every test.
    public async ValueTask InitializeAsync() => await trained.Training;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task New_fiches_are_linked_to_jobs_each_with_probability_tier_and_reason()
    {
        var lines = await AskAsync("link");
        Assert.Equal("fiche,rome,rank,probability,tier,why", lines[0]);
        var first = lines.Skip(1).Select(line => line.Split(',', 6)).Where(cells => cells[2] == "1")
            .ToDictionary(cells => cells[0]);
        Assert.Equal("I1306", first["RNCP99001"][1]);
        Assert.Equal("graph", first["RNCP99001"][4]);
        Assert.Contains(
            "certifications de formacode «\u00a0Installation frigorifique\u00a0»",
            first["RNCP99001"][5],
            StringComparison.Ordinal);
        Assert.Equal("I1604", first["RNCP99002"][1]);
        Assert.All(lines.Skip(1).GroupBy(line => line.Split(',')[0]), fiche => Assert.InRange(fiche.Count(), 10, 20));
        Assert.All(
            lines.Skip(1),
            line => Assert.InRange(
                double.Parse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture), 0, 1));
    }

    [Fact]
    public async Task Codes_find_all_fiches_of_a_file_the_best_first()
    {
        var lines = await AskAsync(
            "search", "--queries", trained.Folder.Write("queries.csv", "rome,label\nI1604,x\nI1306\n\nI1604\n"));
        Assert.Equal(
            ["query,fiche,rank,score", "I1604,RNCP99002,1,", "I1306,RNCP99001,1,"],
            lines.Where(line => line[0] == 'q' || line.Contains(",1,", StringComparison.Ordinal))
                .Select(line => line[0] == 'q' ? line : line[..(line.LastIndexOf(',') + 1)]));
        Assert.Equal(1 + (2 * 3), lines.Length);
    }

    [Fact]
    public async Task Title_finds_its_job_in_the_feminine_and_with_a_typo()
    {
        foreach (var (title, said) in new[]
        {
            ("frigoriste", "Understood as:"),
            ("frigorste", "No exact title"),
            ("monteuse frigoriste", "Understood as:"),
            ("I1306", "Understood as:"),
            ("i 1306", "Understood as:"),
        })
        {
            var lines = await RankAsync(title);
            Assert.StartsWith(said, lines[0], StringComparison.Ordinal);
            Assert.StartsWith("  I1306", lines[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Certifications_of_a_job_are_declared_ones_first_and_then_by_probability()
    {
        var lines = (await RankAsync("I1306", "--expired", "--top", "1000")).SkipWhile(
            line => !line.Contains("certifications,", StringComparison.Ordinal)).Skip(1).Select(line => line.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var tiers = lines.Select(cells => cells[1] == "declared").ToList();
        Assert.Equal(tiers.OrderByDescending(declared => declared), tiers);
        Assert.Contains(false, tiers);
        var estimated = lines.Where(cells => cells[1] != "declared")
            .Select(cells => double.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(estimated.OrderDescending(), estimated);
        Assert.All(estimated, probability => Assert.InRange(probability, 0.05, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("'; -- zzqx")]
    [InlineData("😀😀😀")]
    [InlineData("N9999")]
    public async Task Absurd_queries_get_a_clear_answer(string query)
    {
        var lines = await RankAsync(query);
        Assert.Contains(lines[0], (string[])["No job is known by these words.", "There is no such code in the ROME."]);
        Assert.StartsWith("0 certifications", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_of_ten_thousand_characters_is_answered() =>
        Assert.NotEmpty(await RankAsync(new string('x', 10_000)));

    [Fact]
    public async Task Transition_means_all_jobs_that_the_rome_marks()
    {
        var lines = await RankAsync("métiers de la transition écologique en Pays de la Loire");
        Assert.Matches("^[1-9][0-9]* jobs of ecological transition in Pays de la Loire:", lines[0]);
    }

    private async Task<string[]> RankAsync(string query, params string[] more)
    {
        var (exit, output, error) = await Cli.RunAsync(
            ["matching", "rank", "--models", trained.Models, "--query", query, .. more]);
        Assert.True(exit == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Card_states_the_manifest_in_both_languages()
    {
        var (catalogue, manifest) = MatchingFiles.ReadCatalogue(Path.Combine(trained.Models, "matching"));
        var card = await File.ReadAllTextAsync(Path.Combine(trained.Models, "matching", "card.md"), Cancellation);
        Assert.StartsWith($"# Modèle matching, version {manifest.Version}", card, StringComparison.Ordinal);
        Assert.Contains($"# Model matching, version {manifest.Version}", card, StringComparison.Ordinal);
        Assert.All(
            catalogue.Bands,
            band => Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"| {band.CalibrationError:0.000} |"),
                card,
                StringComparison.Ordinal));
        Assert.All(catalogue.Bands, band => Assert.True(band.Include > band.Exclude));
    }

    /// <summary>
    /// Its page in the repository is of the whole register, which takes minutes to learn; here of what is trained
    /// anyway.
    /// </summary>
    [Fact]
    [Trait("Stage", "Figures")]
    public async Task Notebook_runs_on_any_import()
    {
        var (exit, error) = await NotebookTests.RunAsync(
            Path.Combine(Repository.Root, "notebooks/matching/01-certifications-of-a-transition.cs"),
            Path.Combine(trained.Models, "matching"),
            trained.Folder["page"]);
        Assert.True(exit == 0, error);
        var page = await File.ReadAllTextAsync(
            trained.Folder["page/01-certifications-of-a-transition.md"], Cancellation);
        var kept = await File.ReadAllLinesAsync(
            Path.Combine(Repository.Root, "notebooks/matching/01-certifications-of-a-transition.md"), Cancellation);
        Assert.All(
            kept.Where(line => line.StartsWith('#')),
            heading => Assert.Contains(heading, page, StringComparison.Ordinal));
        Assert.Contains(
            "I1306",
            await File.ReadAllTextAsync(trained.Folder["page/jobs.svg"], Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_is_the_same_in_another_process()
    {
        var again = trained.Folder["again"];

        // In another process, where strings hash otherwise.
        var (exit, _, error) = await Cli.StartAsync("train", "matching", "--data", trained.Data, "--models", again);
        Assert.True(exit == 0, error);
        Assert.Equal(
            MatchingFiles.Read(Path.Combine(trained.Models, "matching")).Manifest.Version,
            MatchingFiles.Read(Path.Combine(again, "matching")).Manifest.Version);
    }

    [Fact]
    public async Task Damaged_model_is_refused_with_its_file()
    {
        var damaged = trained.Folder["damaged"];
        Directory.CreateDirectory(Path.Combine(damaged, "matching"));
        foreach (var file in Directory.GetFiles(Path.Combine(trained.Models, "matching")))
        {
            File.Copy(file, Path.Combine(damaged, "matching", Path.GetFileName(file)), overwrite: true);
        }

        await File.AppendAllTextAsync(Path.Combine(damaged, "matching", "links.bin"), "x", Cancellation);
        var (exit, _, error) = await Cli.RunAsync("matching", "rank", "--models", damaged, "--query", "x");
        Assert.Equal(2, exit);
        Assert.Contains("links.bin is not the file that the manifest names", error, StringComparison.Ordinal);
    }

    private async Task<string[]> AskAsync(string command, params string[] more)
    {
        var output = trained.Folder[command + ".csv"];
        var (exit, _, error) = await Cli.RunAsync(
            [
                "matching", command, "--models", trained.Models, "--fiches", trained.Folder.Write("new.csv", New),
                "--out", output, .. more,
            ]);
        Assert.True(exit == 0, error);
        return await File.ReadAllLinesAsync(output, Cancellation);
    }

    public sealed class Maintenance : IDisposable
    {
        private readonly Lazy<Task> _training;

        public Maintenance() => _training = new(TrainAsync);

        internal TemporaryFolder Folder { get; } = new();

        internal string Data => Folder["data"];

        internal string Models => Folder["models"];

        /// <summary>Begins with the first test and is awaited by all; skips or fails where there is no data.</summary>
        internal Task Training => _training.Value;

        public void Dispose() => Folder.Dispose();

        private async Task TrainAsync()
        {
            using var connection = new DuckDBConnection("Data Source=:memory:");
            await connection.OpenAsync(Cancellation);
            void Take(string folder, string file, char delimiter, string condition)
            {
                Directory.CreateDirectory(Path.Combine(Data, folder));
                var source =
                    $"read_csv({Sql.Quote(Path.Combine(SharedData.Folder(folder), file))}, delim = '{delimiter}', "
                        + "header = true, all_varchar = true, quote = '\"', null_padding = true, strict_mode = "
                        + "false, parallel = false)";
                connection.Execute($"COPY (SELECT * FROM {source} WHERE {condition}) TO "
                    + $"{Sql.Quote(Path.Combine(Data, folder, file))} (FORMAT csv, HEADER, DELIMITER '{delimiter}')");
            }

            var rome = Sql.Quote(Path.Combine(SharedData.Folder("rncp-2021"), "rncp_rome.csv"));
            var declare = $"(SELECT CodeRNCP FROM read_csv({rome}, delim = ';', header = true, all_varchar = true) "
                + "WHERE Rome LIKE 'I%')";
            foreach (var file in new[] { "rncp_info", "rncp_nsf", "rncp_certificateurs", "rncp_blocs_competences" })
            {
                Take("rncp-2021", file + ".csv", ';', $"CodeRNCP IN {declare}");
            }

            Take("rncp-2021", "rncp_rome.csv", ';', "Rome LIKE 'I%'");
            foreach (var (file, condition) in new[]
            {
                ("Rome", "Codes_Rome_Code LIKE 'I%'"),
                ("Formacode", "true"),
                ("Nsf", "true"),
                ("Certificateurs", "true"),
                ("Ancienne_Nouvelle_Certification", "true"),
            })
            {
                Take(
                    "rncp-2026-official-format",
                    $"export_fiches_CSV_{file}_2026_02_01.csv",
                    ';',
                    file == "Rome" ? condition : $"Numero_Fiche IN {declare}");
            }

            foreach (var (file, condition) in new[]
            {
                ("referentiel_code_rome_v347", "code_rome LIKE 'I%'"),
                ("referentiel_code_rome_v460", "code_rome_parent LIKE 'I%'"),
                ("referentiel_appellation_v347", "code_rome LIKE 'I%'"),
                ("referentiel_competence_v347", "true"),
                ("liens_rome_referentiels_v347", "code_rome LIKE 'I%'"),
                ("texte_v347", "code_rome LIKE 'I%'"),
                ("rubrique_mobilite_v347", "code_rome LIKE 'I%'"),
            })
            {
                Take("rome", $"unix_{file}_utf8.csv", ',', condition);
            }

            File.Copy(
                Path.Combine(SharedData.Folder("rome"), "unix_referentiel_activite_v344_iso8859-15.xml"),
                Path.Combine(Data, "rome", "unix_referentiel_activite_v344_iso8859-15.xml"));
            var (exit, _, error) = await Cli.RunAsync("train", "matching", "--data", Data, "--models", Models);
            Assert.True(exit == 0, error);
        }
    }
}
