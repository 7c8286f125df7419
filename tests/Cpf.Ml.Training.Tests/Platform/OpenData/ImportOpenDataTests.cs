using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Platform.OpenData;

namespace Cpf.Ml.Training.Tests.Platform.OpenData;

public sealed class ImportOpenDataTests : IDisposable
{
    private const string Header =
        "Date_Validation;statut dossier;type_referentiel;code_rs;code_rncp;domaine_formation_nsf;"
            + "modalité_présence;nb_dossiers;prix_moyen;durée_moyenne\n";

    private const string Rows =
        """
        2026-01;Validé;RNCP;;34001;231 - Travaux publics;En présentiel;3;1200,50;35,5
        2026-02-01;Annulé par le titulaire;RS;5001;;136;À distance;2;900;14
        03/2026;Terminé;RS;5001;;136;Mixte;1;910;
        2026-01;Validé;Autre;;;;À distance;7;800;20
        2026-01;Validé;RS;5001;;136;À distance;secret;900;14

        """;

    private const string CatalogueHeader =
        "nom_of;siret;type_referentiel;code_inventaire;code_rncp;intitule_certification;intitule_formation;"
            + "points_forts;code_nsf_1;nb_session_active;nb_session_a_distance;nombre_heures_total_mean;"
            + "frais_ttc_tot_mean\n";

    private const string Catalogue = CatalogueHeader +
        """
        A;11111111100011;RS;5001;;Anglais professionnel;"Parler
        anglais";Petits groupes;136;30;30;14;900
        B;22222222200022;RS;5001;;Anglais professionnel;Anglais;;136;10;0;16;950
        C;123;RS;5001;;Anglais professionnel;Anglais;;136;10;0;16;950

        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Monthly_sums_become_dossiers_and_what_cannot_be_read_is_counted_by_reason()
    {
        var (exit, output, error) = await ImportAsync(Header + Rows);
        Assert.True(exit == 0, error);
        Assert.Contains(
            "6 dossiers of 2 certifications in 3 months, 2 of them not in the register's tables",
            output,
            StringComparison.Ordinal);
        Assert.Contains(
            "Left out: 1 rows, neither of the register nor of the specific register", output, StringComparison.Ordinal);
        Assert.Contains("Left out: 1 rows, no number in nb_dossiers", output, StringComparison.Ordinal);
        Assert.Contains("Sellers: unknown without --catalogue", output, StringComparison.Ordinal);

        using var data = PlatformData.Open(_folder["out"]);
        Assert.Equal(
            [
                "RNCP34001 231 onsite 1200.50 35.5 validated 3 2026-01 3",
                "RS5001 136 mixed 910.00 - validated 1 2026-03 1",
                "RS5001 136 remote 900.00 14.0 cancelled 2 2026-02 2",
            ],
            data.Connection.Query(
                """
                SELECT concat_ws(
                  ' ', certification_id, any_value(nsf), modality, o.price, coalesce(hours::VARCHAR, '-'), state,
                  count(*), strftime(min(ordered_at), '%Y-%m'), count(DISTINCT ordered_at))
                FROM purchases p JOIN offers o USING (offer_id) JOIN certifications c USING (certification_id)
                GROUP BY certification_id, modality, o.price, hours, state ORDER BY 1
                """,
                row => row.GetString(0)));
        Assert.Superset(
            new HashSet<string> { "purchases.price", "offers.organisation_id", "organisations.created_on", "sessions" },
            data.Missing.ToHashSet());
    }

    [Fact]
    public async Task Dossiers_are_dealt_to_the_sellers_of_the_catalogue_by_their_open_sessions()
    {
        _folder.Write("companies.csv", "siren,dateCreationUniteLegale\n111111111,2025-11-03\n222222222,1999-01-01\n");
        var (exit, output, error) = await ImportAsync(
            Header + "2026-01;Validé;RS;5001;;136;À distance;400;900;14\n",
            "--catalogue",
            _folder.Write("catalogue.csv", Catalogue),
            "--companies",
            _folder["companies.csv"]);
        Assert.True(exit == 0, error);
        Assert.Contains("Sellers: 2 of the catalogue", output, StringComparison.Ordinal);
        using var data = PlatformData.Open(_folder["out"]);
        var dealt = data.Connection.Query(
            "SELECT organisation_id, count(*) FROM purchases JOIN offers USING (offer_id) GROUP BY ALL ORDER BY 1",
            row => (row.GetString(0), row.GetInt64(1)));
        Assert.Equal(["11111111100011", "22222222200022"], dealt.Select(entry => entry.Item1));
        Assert.InRange(dealt[0].Item2, 297, 303);

        var features = FeatureQuery.Measure(data, new DateOnly(2026, 2, 1), 90);
        Assert.Equal(0.75, features.Values["F17"][0], 0.01);
        Assert.Equal(["Anglais professionnel"], features.Certifications.Select(certification => certification.Title));
    }

    [Fact]
    public void Features_of_published_data_equal_those_of_the_dossiers_or_are_not_computable()
    {
        PublishedWorld.Write(Repository.In("data/sample"), new DirectoryInfo(_folder["public"]));
        using var whole = PlatformData.Open(Repository.In("data/sample"));
        using var open = PlatformData.Open(_folder["public"]);
        var cutoff = new DateOnly(2026, 7, 1);
        var (expected, measured) = (FeatureQuery.Measure(whole, cutoff, 90), FeatureQuery.Measure(open, cutoff, 90));
        Assert.Equal(expected.Certifications.Select(certification => certification.Id),
            measured.Certifications.Select(certification => certification.Id));
        foreach (var (feature, tolerance) in new[] { ("F01", 0.02), ("F02", 0.02), ("F31", 0.03), ("F47", 0.05) })
        {
            var errors = expected.Values[feature].Zip(
                measured.Values[feature],
                (value, other) => Math.Abs(value - other) / Math.Max(1, value)).Where(double.IsFinite).Order().ToList();
            Assert.True(
                errors.Count > 90 && errors[errors.Count * 9 / 10] < tolerance,
                $"{feature}: {errors.Count} compared, nine in ten within {errors[errors.Count * 9 / 10]:F3}");
        }

        var computed = FeatureCatalogue.All.Where(feature => measured.Values[feature.Id].Any(double.IsFinite))
            .Select(feature => feature.Id).Order();
        Assert.Equal(
            "F01 F02 F03 F04 F08 F10 F11 F12 F14 F15 F16 F17 F18 F22 F23 F25 F31 F41 F42 F43 F46 F47 F49",
            string.Join(' ', computed));
    }

    [Fact]
    public async Task Invalid_open_data_are_refused_with_the_reason()
    {
        Assert.Contains(
            "no column prix_moyen; found Date_Validation",
            (await ImportAsync(Header.Replace("prix_moyen", "prix", StringComparison.Ordinal) + Rows)).Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "none of its 1 rows can be read; no month in date_validation: 1",
            (await ImportAsync(Header + "hier;Validé;RS;5001;;136;Mixte;1;910;\n")).Error,
            StringComparison.Ordinal);
        Assert.Contains("none of its 0 rows can be read", (await ImportAsync(Header)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "no row has a SIRET",
            (await ImportAsync(
                Header + Rows, "--catalogue", _folder.Write("catalogue.csv", CatalogueHeader))).Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "there is no such file",
            (await ImportAsync(Header + Rows, "--companies", _folder["none.csv"])).Error,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string Output, string Error)> ImportAsync(string purchases, params string[] more) =>
        Cli.RunAsync(
            [
                "data", "import", "mcf", "--purchases", _folder.Write("purchases.csv", purchases), "--out",
                _folder["out"], .. more,
            ]);
}
