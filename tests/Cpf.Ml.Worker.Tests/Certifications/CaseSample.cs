using System.Collections.Immutable;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Certifications.Dossiers;
using Cpf.Ml.Scoring.Certifications.Peers;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Certifications;

namespace Cpf.Ml.Worker.Tests.Certifications;

/// <summary>Cases as a run would open them.</summary>
internal static class CaseSample
{
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly Actor Alice = new("alice", "", "");
    public static readonly Actor Bob = new("bob", "", "");

    public static CertificationRun Run(string id = "run-1") =>
        new(
            id,
            new DateOnly(2026, 7, 1),
            Start,
            3400,
            1440,
            new RunDocument(
                "certification-evidence@2",
                ["F44"],
                [new("F13", 0.31), new("F02", 0.24), new("F01", 0.04)],
                0.041,
                0.052));

    public static CertificationCase Case(
        string certification,
        CaseOrigin origin = CaseOrigin.Top,
        double harm = 1000,
        bool isFact = false,
        string run = "run-1") =>
        new(
            $"case-{certification}",
            certification,
            "Technicien en sécurité incendie",
            origin,
            CaseState.Open,
            harm,
            run,
            Document(isFact),
            Start,
            Start,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            1);

    private static CaseDocument Document(bool isFact) => new(
        new DateOnly(2026, 7, 1), 12, 1440, 41.6, 38.2, "RNCP", "344", 4, "CERT12", 412, 215_400,
        [
            Reason("F05", isFact: false, 0.62, 0.004, 0.031, 0.27, new(
                "Part des achats au prix du solde du titulaire (à 5 € près), au-delà du hasard : 62 %, contre 0,4 % "
                    + "à 3,1 % chez neuf sur dix des 41 certifications comparables (RNCP, domaine 344).",
                "Share of purchases priced at the holder's balance (within €5), beyond chance: 62%, against 0.4% to "
                    + "3.1% of nine in ten of the 41 comparable certifications (RNCP, field 344).")),
            Reason("F22", isFact, 0.11, 0, 0.02, null, new(
                "Part des dossiers vendus sans habilitation à la date : 11 %, contre 0 % à 2 % chez neuf sur dix "
                    + "des 41 certifications comparables (RNCP, domaine 344).",
                "Share of dossiers sold without habilitation on the day: 11%, against 0% to 2% of nine in ten of "
                    + "the 41 comparable certifications (RNCP, field 344).")),
        ],
        [new Text("Signalements par dossier : 0 ‰, contre 4 ‰ en médiane chez les certifications "
            + "comparables.", "Complaints for each dossier: 0‰, against a median of 4‰ of comparable certifications.")],
        ["F44"], "certifications@0123456789ab", 0.72);

    /// <summary>
    /// Two years of a price that begins to follow balances, its dossiers, and a company that came back.
    /// </summary>
    public static CaseEvidence Evidence { get; } = new(
        ImmutableDictionary<string, ReasonEvidence>.Empty
            .Add("F05", new(
                [.. Enumerable.Range(0, 8)
                    .Select(
                        quarter => new PastPosition(
                            new DateOnly(2024, 10, 1).AddMonths(3 * quarter),
                            quarter < 6 ? 0.02 : 0.3 * (quarter - 5),
                            0.004,
                            0.015,
                            0.031))],
                new(
                    255,
                    [.. Enumerable.Range(0, 20)
                        .Select(
                            index => new CitedDossier(
                                710_000 + index, "48123456700013", new DateOnly(2026, 6, 30).AddDays(-index),
                                2400 - index, 2400, 35, 35, index % 3 == 0 ? null : 4.5, 1,
                                index % 2 == 0 ? "absent" : null))],
                    [new("481234567", 201, 240), new("512345678", 54, 172)])))
            .Add("F22", new([], null)),
        new(
            [
                new("481234567", 0.58, null, new DateOnly(2026, 1, 12)),
                new("512345678", 0.12, null, new DateOnly(2025, 11, 3)),
                new("401234567", 0, new DateOnly(2025, 10, 20), new DateOnly(2019, 5, 6)),
            ],
            [
                new("401234567", "481234567", "manager"),
                new("401234567", "481234567", "account"),
                new("401234567", "512345678", "telephone"),
            ]));

    private static CaseReason Reason(
        string feature, bool isFact, double value, double low, double high, double? before, Text sentence) =>
        new(
            feature,
            sentence,
            sentence,
            "%",
            value,
            low,
            (low + high) / 2,
            high,
            41,
            new Text("RNCP, domaine 344", "RNCP, field 344"),
            412,
            90,
            before,
            23_000,
            0.5,
            isFact,
            high,
            380,
            new Text(
                "Relever les prix d'une même offre selon le solde des titulaires.",
                "List the prices of one offer by holders' balances."), "C. trav. L. 6333-7-2");
}
