using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Certifications;

/// <summary><c>cpf-ml certifications score</c>: every certification of a folder of platform data, with reasons.</summary>
internal static class ScoreCertifications
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder of platform data, see docs/platform-data.md." };
        var output = new Option<FileInfo>("--out") { Required = true, Description = "One JSON line a certification: score, rank, reasons, evidence." };
        var cutoff = new Option<string?>("--cutoff") { Description = "Nothing of this day or later is looked at: yyyy-MM-dd. The day after the last purchase by default." };
        var command = new Command("score", "Scores every certification by what was known at a date, and says why.") { data, output, cutoff };
        command.SetAction(parsed =>
        {
            using var platform = Open(parsed.GetRequiredValue(data).FullName);
            var day = parsed.GetValue(cutoff) is { } text ? Day(text) : LastDay(platform);
            Write(CertificationScorer.Score(Evidence(platform, day)), day, parsed.GetRequiredValue(output));
            return 0;
        });
        return command;
    }

    public static CertificationEvidence Evidence(PlatformData platform, DateOnly cutoff) =>
    new(CertificationMeasures.At(platform, cutoff));

    private static PlatformData Open(string folder)
    {
        try
        {
            return PlatformData.Open(folder);
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static DateOnly LastDay(PlatformData platform) => platform.Connection.Query("SELECT max(ordered_at) FROM purchases", row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0)).Single() is { } last
        ? DateOnly.FromDateTime(last).AddDays(1)
        : throw new InputException("purchases: there is no purchase.");

    private static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new InputException($"--cutoff: «{text}» is no date yyyy-MM-dd.");

    private static void Write(IEnumerable<ScoredCertification> all, DateOnly cutoff, FileInfo output)
    {
        output.Directory!.Create();
        using var writer = new StreamWriter(output.FullName);
        foreach (var one in all.OrderBy(one => one.IsWarm ? one.Rank : int.MaxValue).ThenBy(one => one.Certification.Id, StringComparer.Ordinal))
        {
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                certification = one.Certification.Id,
                title = one.Certification.Title,
                cutoff,
                is_warm = one.IsWarm,
                rank = one.IsWarm ? one.Rank : (int?)null,
                score = Math.Round(one.Score.Percent, 2),
                dossiers = one.Certification.Dossiers,
                euros = Math.Round(one.Certification.Euros, 2),
                evidence = Math.Round(one.Evidence, 4),
                reasons = one.Reasons.Select(reason => new
                {
                    code = reason.Code,
                    sentence = reason.Sentence.Fr,
                    sentence_en = reason.Sentence.En,
                    value = Number(reason.Comparison.Value),
                    unit = reason.Feature.Unit,
                    dossiers = Number(reason.Comparison.Count),
                    peers = reason.Comparison.Peers,
                    peer_group = reason.Group.Fr,
                    p5 = Number(reason.Comparison.Low),
                    p95 = Number(reason.Comparison.High),
                    before = Number(reason.Before),
                    one_in = Number(reason.Tail),
                    share = Math.Round(reason.Share, 4),
                    is_fact = reason.IsFact,
                    usual_from = Number(reason.Usual),
                    rank_without = reason.RankWithout,
                    check = reason.Feature.Check.Fr,
                    law = reason.Feature.Law,
                }),
                in_favour = one.InFavour.Select(text => text.Fr),
            }, Json));
        }
    }

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
