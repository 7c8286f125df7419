using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Training.Tests.Platform.Register;

public sealed class ImportRegisterTests : IDisposable
{
    private const string Standard =
        "\"Id_Fiche\";\"Numero_Fiche\";\"Intitule\";\"Nomenclature_Europe_Niveau\";\"Date_dernier_jo\";"
        + "\"Date_Decision\";\"Date_Fin_Enregistrement\";\"Date_Effet\";\"Actif\"\n"
        + """
        "1";"RNCP34001";"Conducteur d''engins
        de chantier";"NIV4";;"18/12/2023";"18/12/2026";;"ACTIVE"
        "2";"RS5001";"Test d'anglais";;;"01/02/2022";"01/02/2025";"03/02/2022";"INACTIVE"
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_official_export_becomes_certifications_organisations_and_habilitations()
    {
        Official(Standard);
        var (exit, output, error) = await ImportAsync();
        Assert.True(exit == 0, error);
        Assert.Contains("2 certifications, 1 without a field", output, StringComparison.Ordinal);
        Assert.Contains("1 organisations, 2 habilitations, 1 left out", output, StringComparison.Ordinal);

        using var data = Open();
        Assert.Equal(
            [
                "RNCP34001 RNCP Conducteur d'engins de chantier 231 4 11000007200014 2023-12-18 2026-12-18 Conduire "
                    + "un engin, Entretenir un engin",
                "RS5001 RS Test d'anglais 000 - ETS TEST 2022-02-03 2025-02-01 -",
            ],
            data.Connection.Query(
                "SELECT concat_ws(' ', certification_id, register, title, nsf, coalesce(level::VARCHAR, '-'), "
                    + "certifier_id, registered_on, expires_on, coalesce(standard, '-')) FROM certifications "
                    + "ORDER BY 1",
                row => row.GetString(0)));
        Assert.Equal(
            ["RNCP34001 48123456700013 2024-01-10 -", "RS5001 48123456700013 2022-03-01 2023-06-30"],
            data.Connection.Query("SELECT concat_ws(' ', certification_id, organisation_id, begins_on, "
                + "coalesce(ends_on::VARCHAR, '-')) FROM habilitations ORDER BY 1", row => row.GetString(0)));
        Assert.Equal(["48123456700013 481234567"], data.Connection.Query("SELECT organisation_id || ' ' || siren "
            + "FROM organisations", row => row.GetString(0)));
    }

    [Fact]
    public async Task The_export_of_2021_is_read_whole_and_is_as_the_contract_says()
    {
        var (exit, output, error) = await Cli.RunAsync(
            "data", "import", "register", "--from", SharedData.Folder("rncp-2021"), "--out", _folder["out"]);
        Assert.True(exit == 0, error);
        Assert.Contains("17369 certifications", output, StringComparison.Ordinal);
        using var data = Open();
        Assert.Equal(
            0,
            data.Connection.Query("SELECT count(*) FROM certifications WHERE contains(title, repeat(chr(39), 2)) OR "
                + "contains(title, chr(10)) OR registered_on > expires_on", row => row.GetInt64(0)).Single());
    }

    [Fact]
    public async Task Invalid_register_is_refused_with_file_and_column()
    {
        Official(Standard.Replace("Intitule", "Titre", StringComparison.Ordinal));
        Assert.Contains(
            "no column Intitule; found Id_Fiche, Numero_Fiche, Titre",
            (await ImportAsync()).Error,
            StringComparison.Ordinal);
        Official(Standard.Replace("18/12/2026", "2026-12-18", StringComparison.Ordinal));
        Assert.Contains("2026-12-18", (await ImportAsync()).Error, StringComparison.Ordinal);
        Official(Standard);
        File.Delete(_folder["in/export_fiches_CSV_Nsf_2026_02_01.csv"]);
        Assert.Contains("there is no file *Nsf*.csv", (await ImportAsync()).Error, StringComparison.Ordinal);
        var (exit, _, error) = await Cli.RunAsync(
            "data", "import", "register", "--from", _folder["."], "--out", _folder["out"]);
        Assert.Equal(2, exit);
        Assert.Contains("no export of the register", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Official(string standard)
    {
        _folder.Write("in/export_fiches_CSV_Standard_2026_02_01.csv", standard);
        _folder.Write(
            "in/export_fiches_CSV_Nsf_2026_02_01.csv",
            """
            "Numero_Fiche";"Nsf_Code";"Nsf_Intitule"
            "RNCP34001";"231s";"231s : Conduite"
            "RNCP34001";"231s";"231s : Conduite"
            """);
        _folder.Write(
            "in/export_fiches_CSV_Certificateurs_2026_02_01.csv",
            """
            "Numero_Fiche";"Siret_Certificateur";"Nom_Certificateur"
            "RNCP34001";"	11000007200014";"MINISTERE"
            "RS5001";;"ETS TEST"
            """);
        _folder.Write(
            "in/export_fiches_CSV_Blocs_De_Compétences_2026_02_01.csv",
            """
            "Numero_Fiche";"Bloc_Competences_Code";"Bloc_Competences_Libelle"
            "RNCP34001";"BC01";"Entretenir un engin"
            "RNCP34001";"BC02";"Conduire un engin"
            """);
        const string Partners = "\"Numero_Fiche\";\"Nom_Partenaire\";\"Siret_Partenaire\";\"Habilitation_Partenaire\";"
            + "\"Etat_Partenaire\";\"Date_Actif\";\"Date_Derniere_Modification_Etat\"\n";
        _folder.Write("in/export_fiches_CSV_Partenaires_2026_02_01.csv", Partners + """
            "RNCP34001";"ECOLE";"	48123456700013";"HABILITATION_ORGA_FORM";"ACTIF";"10/01/2024";"10/01/2024"
            "RS5001";"ECOLE";"	48123456700013";"HABILITATION_FORMER";"INACTIF";"01/03/2022";"30/06/2023"
            "RS5001";"SANS NUMERO";"123";"HABILITATION_FORMER";"ACTIF";"01/03/2022";
            """);
    }

    private Task<(int ExitCode, string Output, string Error)> ImportAsync() =>
        Cli.RunAsync("data", "import", "register", "--from", _folder["in"], "--out", _folder["out"]);

    /// <summary>With the tables that a register does not have, empty.</summary>
    private PlatformData Open()
    {
        foreach (var table in PlatformContract.Tables.Where(
            table => !table.IsOptional && !File.Exists(_folder[$"out/{table.Name}.parquet"])))
        {
            _folder.Write(
                $"out/{table.Name}.csv", string.Join(',', table.Columns.Select(column => column.Name)) + "\n");
        }

        return PlatformData.Open(_folder["out"]);
    }
}
