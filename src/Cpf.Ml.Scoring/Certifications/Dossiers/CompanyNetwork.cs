using System.Collections.Immutable;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Dossiers;

/// <summary>Companies that sell a certification and share something with others, with those others.</summary>
/// <param name="Companies">In order of their numbers, <see cref="MostCompanies"/> at most.</param>
public sealed record CompanyNetwork(ImmutableArray<NetworkCompany> Companies, ImmutableArray<NetworkLink> Links)
{
    public const int MostCompanies = 16;

    /// <summary>Of the tables that were prepared last, for the certifications in <c>chosen</c>; those where nothing is
    /// shared are not in it.</summary>
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
            ) <= {MostCompanies}
            ORDER BY 1, 2
            """,
            row => (Certification: row.GetString(0), One: new NetworkCompany(row.GetString(1),
                row.GetDouble(2), Day(row, 3), Day(row, 4)))).ToLookup(row => row.Certification, row => row.One);
        var links = data.Connection.Query("SELECT first, siren, kind FROM shared_things WHERE first <> siren ORDER BY "
            + "ALL", row => new NetworkLink(row.GetString(0), row.GetString(1), row.GetString(2)));
        return companies.ToDictionary(group => group.Key, group =>
        {
            var shown = group.Select(one => one.Siren).ToHashSet();
            return new CompanyNetwork(
                [.. group], [.. links.Where(link => shown.Contains(link.From) && shown.Contains(link.To))]);
        });
    }

    private static DateOnly? Day(System.Data.Common.DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateOnly.FromDateTime(row.GetDateTime(column));
}

/// <param name="Share">Of the certification's euros in the window; 0 where it does not sell it.</param>
/// <param name="ExcludedOn">From the platform; null where it was not.</param>
public sealed record NetworkCompany(string Siren, double Share, DateOnly? ExcludedOn, DateOnly? CreatedOn);

/// <param name="Kind">manager, address, telephone or account.</param>
public sealed record NetworkLink(string From, string To, string Kind);
