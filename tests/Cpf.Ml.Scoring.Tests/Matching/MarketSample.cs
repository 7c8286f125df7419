using System.Globalization;

namespace Cpf.Ml.Scoring.Tests.Matching;

/// <summary>Imagined platform data about the certifications of <see cref="MatchingSample"/>, as files.</summary>
internal static class MarketSample
{
    public static readonly DateOnly Day = new(2026, 7, 1);

    public static void Write(string folder)
    {
        void Table(string name, string header, IEnumerable<string> rows) => File.WriteAllLines(
            Path.Combine(folder, name + ".csv"), rows.Prepend(header));
        Table(
            "certifications",
            "certification_id,register,title,nsf,level,certifier_id,registered_on,expires_on",
            MatchingSample.Fiches.Select(
                fiche => $"{fiche.Fiche.Id},{(fiche.Fiche.IsSpecific ? "RS" : "RNCP")},{fiche.Fiche.Title}"
                    + ",227,,C1,2020-01-01,2029-01-01"));
        Table("organisations", "organisation_id,siren,department", ["O1,S1,35", "O2,S2,44", "O3,S3,2A"]);
        Table(
            "offers",
            "offer_id,certification_id,organisation_id,modality,hours,price,opened_on,closed_on",
            [
                "1,RNCP101,O1,onsite,100,1000,2025-01-01,",
                "2,RNCP101,O2,remote,200,2000,2025-01-01,",
                "3,RNCP103,O3,onsite,50,500,2025-01-01,",
                "4,RNCP104,O1,onsite,50,700,2025-01-01,2026-01-01",
            ]);

        // Of RNCP101 a hundred dossiers, one in four of the dearer offer, and one of long before; of RNCP103 nine, one
        // too few to be told.
        Table(
            "purchases", "purchase_id,offer_id,ordered_at,price,state,balance,top_up",
            [
                .. Enumerable.Range(0, 100).Select(
                    i => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{i},{(i % 4 == 0 ? 2 : 1)},2026-06-{1 + (i % 30):00} "
                            + $"10:00:00,{(i % 4 == 0 ? 2000 : 1000)},validated,800,100")),
                .. Enumerable.Range(100, 9).Select(i => $"{i},3,2026-06-10 10:00:00,500,validated,800,"),
                "900,1,2024-06-10 10:00:00,9000,validated,0,",
                "901,1,2026-06-10 10:00:00,9000,cancelled,0,",
            ]);
        Table(
            "exams",
            "purchase_id,held_on,is_passed,known_on",
            Enumerable.Range(0, 80).Select(i => $"{i},2026-06-30,{(i % 5 == 0 ? "false" : "true")},2026-06-30"));
    }
}
