using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Dossiers;

/// <summary>Looks up the dossiers behind features.</summary>
public static class DossierQuery
{
    /// <summary>Dossiers that are cited for a feature at most.</summary>
    public const int MaxDossiers = 20;

    /// <summary>Companies that are cited for a feature at most.</summary>
    public const int MaxCompanies = 8;

    /// <summary>Finds, for several certifications at once, the dossiers behind each feature and the network of
    /// sellers.</summary>
    /// <param name="data">Platform data; its temporary tables are made anew for the cut-off.</param>
    /// <param name="cutoff">Nothing of this day or later is read.</param>
    /// <param name="days">Length of the window in days, as the features were measured.</param>
    /// <param name="certifications">Codes of the certifications.</param>
    /// <returns>Dossiers by certification and feature, networks by certification. Features that are not about single
    /// dossiers, dossiers that are known as monthly sums only, and certifications whose sellers share nothing are not
    /// in them.</returns>
    public static (IReadOnlyDictionary<(string Certification, string Feature), DossierEvidence> Dossiers,
        IReadOnlyDictionary<string, CompanyNetwork> Networks) Find(
            PlatformData data, DateOnly cutoff, int days, IReadOnlyCollection<string> certifications)
    {
        var connection = data.Connection;
        FeatureQuery.Prepare(data, cutoff, days);
        connection.Execute("CREATE OR REPLACE TEMP TABLE chosen (certification_id VARCHAR)");
        using (var appender = connection.CreateAppender("chosen"))
        {
            foreach (var certification in certifications)
            {
                appender.CreateRow().AppendValue(certification).EndRow();
            }
        }

        if (data.Missing.Contains("purchases.price"))
        {
            return (new Dictionary<(string, string), DossierEvidence>(), CompanyNetwork.Find(data));
        }

        connection.Execute($"CREATE OR REPLACE TEMP TABLE behind AS SELECT b.*, x.certification_id, x.siren FROM "
            + $"({FeatureQuery.Text("dossiers-behind")}) b JOIN dossiers x USING (purchase_id)");
        var companies = connection.Query(
            """
            WITH sold AS (
                SELECT certification_id, siren, count(*) AS n FROM recent WHERE certification_id IN (FROM chosen)
                GROUP BY ALL
            )
            SELECT b.certification_id, b.feature, coalesce(b.siren, ''), count(*), coalesce(any_value(s.n), 0)
            FROM behind b LEFT JOIN sold s USING (certification_id, siren)
            GROUP BY b.certification_id, b.feature, b.siren ORDER BY 1, 2, 4 DESC, 3
            """,
            row => (Key: (row.GetString(0), row.GetString(1)), One: new CitedCompany(
                row.GetString(2), row.GetInt64(3), row.GetInt64(4)))).ToLookup(row => row.Key, row => row.One);
        var dossiers = connection.Query(
            $"""
            SELECT b.certification_id, b.feature, b.purchase_id, coalesce(x.organisation_id, '–'), x.day, x.price,
                   p.balance::DOUBLE, x.hours, s.hours_billed, s.hours_logged, s.completion,
                   CASE WHEN e.purchase_id IS NULL THEN NULL WHEN e.is_passed THEN 'passed'
                        WHEN e.held_on IS NULL THEN 'absent' ELSE 'failed' END
            FROM behind b JOIN dossiers x USING (purchase_id) JOIN purchases p USING (purchase_id)
            LEFT JOIN sessions s ON s.purchase_id = b.purchase_id AND s.declared_at < getvariable('cutoff')
            LEFT JOIN exams e ON e.purchase_id = b.purchase_id AND e.known_on < getvariable('cutoff')
            QUALIFY row_number() OVER (
                PARTITION BY b.certification_id, b.feature ORDER BY b.tells DESC, x.day DESC, b.purchase_id
            ) <= {MaxDossiers}
            ORDER BY 1, 2, b.tells DESC, x.day DESC, b.purchase_id
            """,
            row => (Key: (row.GetString(0), row.GetString(1)), One: new CitedDossier(
                row.GetInt64(2), row.GetString(3), DateOnly.FromDateTime(row.GetDateTime(4)),
                row.GetDouble(5), Number(row, 6), Number(row, 7), Number(row, 8), Number(row, 9), Number(row, 10),
                row.IsDBNull(11) ? null : row.GetString(11))))
            .GroupBy(row => row.Key, row => row.One)
            .ToDictionary(
                group => group.Key, group => new DossierEvidence(companies[group.Key].Sum(company => company.Behind),
                [.. group], [.. companies[group.Key].Where(company => company.Siren.Length > 0).Take(MaxCompanies)]));
        return (dossiers, CompanyNetwork.Find(data));
    }

    private static double? Number(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? null
        : Convert.ToDouble(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
}
