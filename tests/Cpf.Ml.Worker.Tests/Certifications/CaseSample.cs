using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Certifications;

namespace Cpf.Ml.Worker.Tests.Certifications;

/// <summary>Cases as a run would open them.</summary>
internal static class CaseSample
{
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly Actor Alice = new("alice", "", "");
    public static readonly Actor Bob = new("bob", "", "");

    public static CertificationRun Run(string id = "run-1") => new(id, new DateOnly(2026, 7, 1), Start, 3400, 1440);

    public static CertificationCase Case(string certification, string stream = "top", double harm = 1000, bool isFact = false, string run = "run-1") => new(
        $"case-{certification}", certification, "Technicien en sécurité incendie", stream, "open", harm, run, Document(isFact), Start, Start, null, null, null, null, null, null, null, null, null, null, null, 1);

    private static CaseDocument Document(bool isFact) => new(
        new DateOnly(2026, 7, 1), 12, 1440, 41.6, 38.2, "RNCP", "344", 4, "CERT12", 412, 215_400,
        [
            Reason("F05", isFact: false, 0.62, 0.004, 0.031, 0.27, new(
                "Part des achats au prix du solde du titulaire (à 5 € près), au-delà du hasard : 62 %, contre 0,4 % à 3,1 % chez neuf sur dix des 41 certifications comparables (RNCP, domaine 344).",
                "Share of purchases priced at the holder's balance (within €5), beyond chance: 62%, against 0.4% to 3.1% of nine in ten of the 41 comparable certifications (RNCP, field 344).")),
            Reason("F22", isFact, 0.11, 0, 0.02, null, new(
                "Part des dossiers vendus sans habilitation à la date : 11 %, contre 0 % à 2 % chez neuf sur dix des 41 certifications comparables (RNCP, domaine 344).",
                "Share of dossiers sold without habilitation on the day: 11%, against 0% to 2% of nine in ten of the 41 comparable certifications (RNCP, field 344).")),
        ],
        [new Text("Signalements par dossier : 0 ‰, contre 4 ‰ en médiane chez les certifications comparables.", "Complaints for each dossier: 0‰, against a median of 4‰ of comparable certifications.")],
        ["F44"]);

    private static CaseReason Reason(string feature, bool isFact, double value, double low, double high, double? before, Text sentence) => new(
        feature, sentence, sentence, "%", value, low, (low + high) / 2, high, 41, new Text("RNCP, domaine 344", "RNCP, field 344"), 412, before, 23_000, 0.5, isFact, high, 380,
        new Text("Relever les prix d'une même offre selon le solde des titulaires.", "List the prices of one offer by holders' balances."), "C. trav. L. 6333-7-2");
}
