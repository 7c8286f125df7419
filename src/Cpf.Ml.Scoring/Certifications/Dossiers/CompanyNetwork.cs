using System.Collections.Immutable;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Dossiers;

/// <summary>Companies that sell a certification and share a manager, an account, an address or a telephone with others,
/// with those others.</summary>
/// <param name="Companies">In ascending order of SIREN, <see cref="MaxCompanies"/> at most; those of the largest
/// networks first where there are more.</param>
/// <param name="Links">What any two of these companies share.</param>
public sealed record CompanyNetwork(ImmutableArray<NetworkCompany> Companies, ImmutableArray<NetworkLink> Links)
{
    /// <summary>Companies of a network at most, so that its picture can be read.</summary>
    public const int MaxCompanies = 16;

    /// <summary>Reads the networks of the certifications in the table <c>chosen</c> from the tables that
    /// <c>FeatureQuery.Prepare</c> made last.</summary>
    /// <returns>By certification; those whose sellers share nothing are not in it.</returns>
    internal static IReadOnlyDictionary<string, CompanyNetwork> Find(PlatformData data)
    {
        var companies = data.Connection.Query(
            $"""
            WITH sold AS (
                SELECT r.certification_id, l.component, sum(r.price) / any_value(a.euros) AS share FROM recent r
                JOIN links l USING (organisation_id)
                JOIN (SELECT certification_id, sum(price) AS euros FROM recent GROUP BY ALL) a USING (certification_id)
                WHERE r.certification_id IN (FROM chosen) AND l.companies > 1 GROUP BY ALL
            ),
            parts AS (
                SELECT certification_id, siren, sum(price) AS euros FROM recent WHERE certification_id IN (FROM chosen)
                GROUP BY ALL
            ),
            totals AS (SELECT certification_id, sum(euros) AS euros FROM parts GROUP BY ALL)
            SELECT s.certification_id, g.siren, coalesce(any_value(p.euros) / any_value(t.euros), 0) AS part,
                   min(g.delisted_on) FILTER (g.delisted_on < getvariable('cutoff')), min(g.created_on)
            FROM sold s JOIN links l USING (component) JOIN organisations g USING (organisation_id)
            JOIN totals t USING (certification_id)
            LEFT JOIN parts p ON p.certification_id = s.certification_id AND p.siren = g.siren
            GROUP BY s.certification_id, g.siren
            QUALIFY row_number() OVER (
                PARTITION BY s.certification_id ORDER BY max(s.share) DESC, max(s.component), part DESC, g.siren
            ) <= {MaxCompanies}
            ORDER BY 1, 2
            """,
            row => (Certification: row.GetString(0), One: new NetworkCompany(row.GetString(1),
                row.GetDouble(2), Day(row, 3), Day(row, 4)))).ToLookup(row => row.Certification, row => row.One);
        var links = data.Connection.Query("SELECT first, siren, kind FROM shared_things WHERE first <> siren ORDER BY "
            + "ALL", row => new NetworkLink(row.GetString(0), row.GetString(1), row.GetString(2)));
        return companies.ToDictionary(group => group.Key, group =>
        {
            var shown = group.Select(company => company.Siren).ToHashSet();
            return new CompanyNetwork(
                [.. group], [.. links.Where(link => shown.Contains(link.From) && shown.Contains(link.To))]);
        });
    }

    private static DateOnly? Day(System.Data.Common.DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateOnly.FromDateTime(row.GetDateTime(column));
}

/// <summary>A company of a network.</summary>
/// <param name="Siren">Number of the company, nine digits.</param>
/// <param name="Share">Its share of what the certification was sold for in the window, in [0, 1]; 0 where it does not
/// sell it.</param>
/// <param name="ExcludedOn">Day on which the platform excluded it; null where it did not.</param>
/// <param name="CreatedOn">Day on which it was founded; null where that is not known.</param>
public sealed record NetworkCompany(string Siren, double Share, DateOnly? ExcludedOn, DateOnly? CreatedOn);

/// <summary>Something that two companies share.</summary>
/// <param name="From">SIREN of the first company.</param>
/// <param name="To">SIREN of the other company.</param>
/// <param name="Kind">What they share: manager, address, telephone or account.</param>
public sealed record NetworkLink(string From, string To, string Kind);
