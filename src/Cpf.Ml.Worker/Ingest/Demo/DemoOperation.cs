using System.Collections.Immutable;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>An operation of the imagined platform, on an ordinary working morning.</summary>
/// <param name="PerMinute">Transactions a minute at the busiest hour.</param>
/// <param name="Median">Of the duration, in seconds.</param>
/// <param name="Spread">Standard deviation of the logarithm of the duration.</param>
/// <param name="ErrorRate">Share that fails.</param>
/// <param name="AtNight">Share of the day's traffic that goes on at night and on Sundays: robots do not sleep, people
/// do.</param>
internal sealed record DemoOperation(
    TransactionGroup Group, double PerMinute, double Median, double Spread, double ErrorRate, double AtNight)
{
    public static readonly (string Name, double Share)[] Channels = [("web", 0.42), ("mobile", 0.58)];

    public static readonly (string Name, double Share)[] Regions =
        [("Île-de-France", 0.24), ("Auvergne-Rhône-Alpes", 0.13), ("Occitanie", 0.10), ("Hauts-de-France", 0.09)];

    /// <summary>Every group that is watched: the operations, and parts of the two that matter most.</summary>
    public static ImmutableArray<DemoOperation> All { get; } =
    [
        .. Whole(),
        .. Parts(Whole()[0], Channels, (group, name) => group with { Channel = name }),
        .. Parts(Whole()[3], Channels, (group, name) => group with { Channel = name }),
        .. Parts(Whole()[3], Regions, (group, name) => group with { Region = name }),
    ];

    private static DemoOperation[] Whole() =>
    [
        Create("identite", "connexion", 1_800, 0.35, 0.45, 0.012, 0.06),
        Create("catalogue", "recherche", 6_000, 0.18, 0.55, 0.003, 0.08),
        Create("catalogue", "fiche-formation", 4_000, 0.12, 0.50, 0.002, 0.08),
        Create("achat", "achat", 600, 1.10, 0.40, 0.015, 0.08),
        Create("dossiers", "validation-dossier", 300, 0.80, 0.40, 0.008, 0.08),
        Create("paiement", "paiement-organisme", 200, 0.60, 0.35, 0.004, 0.30),
    ];

    private static DemoOperation Create(string service,
        string operation, double perMinute, double median, double spread, double errorRate, double atNight) =>
        new(new TransactionGroup(service, operation), perMinute, median, spread, errorRate, atNight);

    private static IEnumerable<DemoOperation> Parts(
        DemoOperation whole,
        (string Name, double Share)[] parts, Func<TransactionGroup, string, TransactionGroup> group) =>
        parts.Select(
            part => whole with { Group = group(whole.Group, part.Name), PerMinute = whole.PerMinute * part.Share });
}
