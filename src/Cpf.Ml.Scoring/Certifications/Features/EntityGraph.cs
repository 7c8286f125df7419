using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>Organisations that share a manager, a bank account, an address or a telephone, directly or through others:
/// sets by union-find.</summary>
/// <remarks>Reference: Tarjan (1975), <i>Efficiency of a good but not linear set union algorithm</i>. What more than a
/// few companies share is no link between them: an address for letter boxes, an accountant's telephone.</remarks>
internal sealed class EntityGraph
{
    /// <summary>Companies that share a thing at most, for it to link them.</summary>
    private const int MaxCompanies = 8;

    private readonly Dictionary<string, string> _parents = [];

    /// <summary>Puts into <c>shared_things</c> each company with a thing that others share, and into <c>links</c> each
    /// organisation with its set, how many companies are in it, and whether one of them has been excluded.</summary>
    public static void CreateLinks(PlatformData data)
    {
        var graph = new EntityGraph();
        var organisations = data.Connection.Query(
            "SELECT organisation_id, siren, coalesce(delisted_on < getvariable('cutoff'), false) FROM organisations "
                + "WHERE coalesce(created_on < getvariable('cutoff'), true) ORDER BY ALL",
            row => (Id: row.GetString(0), Siren: row.GetString(1), IsExcluded: row.GetBoolean(2)));
        data.Connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE shared_things AS
            WITH known AS (
                SELECT * FROM organisations WHERE coalesce(created_on < getvariable('cutoff'), true)
            ),
            things AS (
                SELECT siren, 'manager' AS kind, director_hash AS thing FROM known WHERE director_hash IS NOT NULL
                UNION SELECT siren, 'address', address_hash FROM known WHERE address_hash IS NOT NULL
                UNION SELECT siren, 'telephone', phone_hash FROM known WHERE phone_hash IS NOT NULL
                UNION SELECT siren, 'account', iban_hash FROM bank_accounts JOIN known USING (organisation_id)
                WHERE begins_on < getvariable('cutoff')
            )
            SELECT siren, kind, thing, min(siren) OVER (PARTITION BY kind, thing) AS first FROM things
            QUALIFY count(*) OVER (PARTITION BY kind, thing) BETWEEN 2 AND {MaxCompanies}
            """);
        foreach (var (company, other) in data.Connection.Query(
            "SELECT first, siren FROM shared_things ORDER BY ALL", row => (row.GetString(0), row.GetString(1))))
        {
            graph.Join(company, other);
        }

        var sets = organisations.GroupBy(organisation => graph.Root(organisation.Siren))
            .ToDictionary(set => set.Key, set => (
            Companies: set.Select(entry => entry.Siren).Distinct().Count(),
            Excluded: set.Any(entry => entry.IsExcluded)));
        data.Connection.Execute("CREATE OR REPLACE TEMP TABLE links (organisation_id VARCHAR, component VARCHAR, "
            + "companies BIGINT, is_linked BOOLEAN)");
        using var appender = data.Connection.CreateAppender("links");
        foreach (var organisation in organisations)
        {
            var root = graph.Root(organisation.Siren);
            appender.CreateRow().AppendValue(organisation.Id)
                .AppendValue(root).AppendValue((long)sets[root].Companies).AppendValue(sets[root].Excluded).EndRow();
        }
    }

    private string Root(string company)
    {
        var root = company;
        while (_parents.TryGetValue(root, out var parent))
        {
            root = parent;
        }

        if (root != company)
        {
            _parents[company] = root;
        }

        return root;
    }

    private void Join(string company, string other)
    {
        var (first, second) = (Root(company), Root(other));
        if (first != second)
        {
            // The lesser name stays, so that sets are named alike whatever comes first.
            var isLess = string.CompareOrdinal(first, second) < 0;
            _parents[isLess ? second : first] = isLess ? first : second;
        }
    }
}
