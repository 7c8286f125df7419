using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary>
/// Certifications as they were at the beginning of the quarters in which controls were opened, and what those controls
/// found.
/// </summary>
/// <param name="Rows">As <see cref="EvidenceVector"/> has them, of every certification that had enough dossiers
/// then.</param>
/// <param name="Labels">Of the rows: true confirmed, false not, null not controlled or without a result.</param>
/// <param name="IsRandom">Of the rows: drawn at random to be controlled.</param>
internal sealed record ControlledExamples(FeatureTable Rows, bool?[] Labels, bool[] IsRandom)
{
    public int Controlled => Labels.Count(label => label is not null);

    public int Confirmed => Labels.Count(label => label is true);

    /// <param name="known">Nothing decided on this day or later is used.</param>
    /// <param name="most">Controls at most, the first that were decided.</param>
    public static ControlledExamples Read(PlatformData data, DateOnly known, int most = int.MaxValue)
    {
        var controls = data.Connection.Query(
            """
            SELECT certification_id, date_trunc('quarter', opened_on)::DATE, selection, outcome = 'confirmed'
            FROM controls
            WHERE decided_on < $known AND outcome <> 'insufficient' ORDER BY decided_on, certification_id LIMIT $most
            """,
            row => (Id: row.GetString(0), Quarter: DateOnly.FromDateTime(row.GetDateTime(1)),
                Selection: row.GetString(2), IsConfirmed: row.GetBoolean(3)),
            ("known", known.ToDateTime(TimeOnly.MinValue)), ("most", (long)most));
        var (tables, labels, random) = (new List<FeatureTable>(), new List<bool?>(), new List<bool>());
        foreach (var quarter in controls.GroupBy(control => control.Quarter).OrderBy(quarter => quarter.Key))
        {
            var evidence = new CertificationEvidence(CertificationMeasures.At(data, quarter.Key));
            var found = quarter.ToLookup(control => control.Id);
            var indexes = Enumerable.Range(0, evidence.Peers.IsWarm.Length)
                .Where(index => evidence.Peers.IsWarm[index]).ToList();
            tables.Add(EvidenceVector.Build(evidence, indexes));
            foreach (var control in indexes
                .Select(index => found[evidence.Peers.Set.Certifications[index].Id].FirstOrDefault()))
            {
                labels.Add(control.Id is null ? null : control.IsConfirmed);
                random.Add(control.Selection == "random");
            }
        }

        var columns = Enumerable.Range(0, EvidenceVector.Names.Length)
            .Select(column => tables.SelectMany(table => table.Columns[column]).ToArray()).ToArray();
        return new ControlledExamples(new FeatureTable(EvidenceVector.Names, columns), [.. labels], [.. random]);
    }
}
