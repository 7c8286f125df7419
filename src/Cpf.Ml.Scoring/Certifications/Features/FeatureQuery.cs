using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>Measures every certification at a date: runs the SQL of each family, and computes what is no sum: the
/// volume test and the distance of texts.</summary>
internal static class FeatureQuery
{
    /// <summary>Words of offers that the platform's rules and the law on canvassing forbid, without accents and in
    /// small letters.</summary>
    private const string ForbiddenWords =
        @"\b(cadeaux?|offerte?s?|tablettes?|rembourse\w*|master|mastere|bac ?\+ ?[3-8])\b";

    private static readonly string[] Families =
        [FeatureFamily.Price, FeatureFamily.Duration,
            FeatureFamily.Volume, FeatureFamily.Organisations, FeatureFamily.Network, FeatureFamily.Learners,
            FeatureFamily.Delivery, FeatureFamily.Exam, FeatureFamily.Voice, FeatureFamily.Wording];

    /// <param name="data">Platform data.</param>
    /// <param name="cutoff">Nothing of this day or later is read.</param>
    /// <param name="days">Length of the window in days, unless the SQL of a feature has its own.</param>
    public static FeatureSet Measure(PlatformData data, DateOnly cutoff, int days)
    {
        var connection = data.Connection;
        Prepare(data, cutoff, days);
        var certifications = Certifications(connection);
        var indexes = certifications.Index()
            .ToDictionary(certification => certification.Item.Id, certification => certification.Index);
        var (values, counts) = (Empty(certifications.Length), Empty(certifications.Length));
        foreach (var family in Families)
        {
            Fill(connection, Text(family), indexes, values, counts);
        }

        Surge(connection, certifications, indexes, values, counts);
        Distance(connection, indexes, values, counts);
        foreach (var feature in FeatureCatalogue.All.Where(feature => feature.Needs.Any(data.Missing.Contains)))
        {
            Array.Fill(values[feature.Id], double.NaN);
        }

        return new FeatureSet(cutoff, days, certifications, values, counts, Known(connection), data.Missing);
    }

    /// <summary>What was known at the cut-off, as tables that every statement reads. What depends on the cut-off alone
    /// is kept while it stays.</summary>
    internal static void Prepare(PlatformData data, DateOnly cutoff, int days)
    {
        var connection = data.Connection;
        var day = string.Create(CultureInfo.InvariantCulture, $"{cutoff:yyyy-MM-dd}");
        var isKnown = connection.Query(
            "SELECT getvariable('cutoff')::VARCHAR", row => !row.IsDBNull(0) && row.GetString(0) == day).Single();
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SET VARIABLE cutoff = DATE '{day}'; SET "
            + $"VARIABLE days = {days}; SET VARIABLE forbidden = '{ForbiddenWords}'"));
        if (!isKnown)
        {
            Create(connection, "known");
            EntityGraph.CreateLinks(data);
        }

        Create(connection, "window");
    }

    private static void Create(DuckDBConnection connection, string tables)
    {
        foreach (var statement in Text(tables)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            connection.Execute(statement);
        }
    }

    /// <summary>The statement that measures a family, for people to read.</summary>
    public static string Text(string family)
    {
        using var stream = typeof(FeatureQuery).Assembly.GetManifestResourceStream(family + ".sql")
            ?? throw new ArgumentException($"No family {family}.", nameof(family));
        return new StreamReader(stream).ReadToEnd();
    }

    private static Dictionary<string, double[]> Empty(int length) =>
        FeatureCatalogue.All.ToDictionary(feature => feature.Id, _ =>
    {
        var column = new double[length];
        Array.Fill(column, double.NaN);
        return column;
    });

    private static ImmutableArray<MeasuredCertification> Certifications(DuckDBConnection connection) =>
    [
        .. connection.Query(
            """
            SELECT c.certification_id, c.title, c.register, c.nsf, c.level, c.certifier_id,
                   coalesce(mode(r.modality), 'onsite'), count(r.purchase_id), coalesce(sum(r.price), 0)
            FROM on_register c LEFT JOIN (SELECT * FROM recent ORDER BY purchase_id) r USING (certification_id)
            GROUP BY ALL ORDER BY c.certification_id
            """,
            row => new MeasuredCertification(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null
                    : (int)row.GetInt64(4), row.GetString(5), row.GetString(6), row.GetInt64(7), row.GetDouble(8))),
    ];

    /// <summary>What was announced for days of the last 90.</summary>
    private static Dictionary<(string, string), string> Known(DuckDBConnection connection) => connection.Query(
        """
        SELECT certification_id, kind, string_agg(reason, ' ' ORDER BY begins_on, reason) FROM known_events
        WHERE begins_on < getvariable('cutoff') AND ends_on >= getvariable('cutoff') - INTERVAL 90 DAY
          AND kind <> 'other' GROUP BY ALL
        """,
        row => (Key: (row.GetString(0), row.GetString(1)), Reason: row.GetString(2)))
        .ToDictionary(entry => entry.Key, entry => entry.Reason);

    private static void Fill(DuckDBConnection connection, string sql,
        Dictionary<string, int> indexes, Dictionary<string, double[]> values, Dictionary<string, double[]> counts)
    {
        // Sums of whole numbers are wider than any number of this program. What was sold before it was registered is
        // not measured.
        connection.Query($"SELECT certification_id, COLUMNS('^[fn][0-9][0-9]$')::DOUBLE AS '\\0' FROM ({sql}) WHERE "
            + $"certification_id IN (SELECT certification_id FROM on_register)", row =>
        {
            var index = indexes[row.GetString(0)];
            for (var column = 1; column < row.FieldCount; column++)
            {
                if (!row.IsDBNull(column))
                {
                    var name = row.GetName(column);
                    (name[0] == 'f' ? values : counts)["F" + name[1..]][index] = Rounded(row.GetDouble(column));
                }
            }

            return index;
        });
    }

    /// <summary>Ten digits: what sums of doubles leave in the last ones depends on how threads shared the
    /// rows.</summary>
    private static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        var scale = Math.Pow(10, 9 - Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value * scale) / scale;
    }

    private static void Surge(
        DuckDBConnection connection, ImmutableArray<MeasuredCertification> certifications,
        Dictionary<string, int> indexes, Dictionary<string, double[]> values, Dictionary<string, double[]> counts)
    {
        var quarters = certifications.ToDictionary(
            certification => certification.Id, certification => (certification.Nsf, Quarters: new double[8]));
        connection.Query(
            Text("volume-quarters"), row => (Id: row.GetString(0), Quarter: row.GetInt64(1), Count: row.GetInt64(2)))
            .Where(row => row.Quarter is >= 0 and < 8 && quarters.ContainsKey(row.Id))
            .ToList().ForEach(row => quarters[row.Id].Quarters[row.Quarter] = row.Count);
        foreach (var (id, rarity) in VolumeSurge.Rarity(quarters))
        {
            (values["F10"][indexes[id]], counts["F10"][indexes[id]]) = (rarity, quarters[id].Quarters[0]);
        }
    }

    private static void Distance(DuckDBConnection connection,
        Dictionary<string, int> indexes, Dictionary<string, double[]> values, Dictionary<string, double[]> counts)
    {
        var pairs = connection.Query(Text("wording-texts"),
            row => (Id: row.GetString(0), Offer: row.GetString(1), Standard: row.GetString(2), Count: row.GetInt64(3)));
        var distance = new TextDistance(pairs.SelectMany(pair => new[] { pair.Offer, pair.Standard }));
        foreach (var (id, mean, dossiers) in pairs.GroupBy(pair => pair.Id)
            .Where(group => indexes.ContainsKey(group.Key)).AsParallel().Select(group =>
        {
            var dossiers = group.Sum(pair => pair.Count);
            return (group.Key,
                group.Sum(pair => pair.Count * distance.Between(pair.Offer, pair.Standard)) / dossiers, dossiers);
        }))
        {
            (values["F42"][indexes[id]], counts["F42"][indexes[id]]) = (mean, dossiers);
        }
    }
}
