using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Platform;
using static System.FormattableString;

namespace Cpf.Ml.Training.Certifications;

/// <summary>
/// <c>cpf-ml certifications score</c>: every certification of a folder of platform data, with reasons.
/// </summary>
internal static class ScoreCertifications
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Required = true,
            Description = "Folder of platform data, see docs/platform-data.md.",
        };
        var output = new Option<FileInfo>("--out")
        {
            Required = true,
            Description = "File to write, one JSON line a certification: score (0 to 100), rank, reasons, evidence.",
        };
        var cutoff = new Option<string?>("--cutoff")
        {
            Description = "First day, yyyy-MM-dd, whose data are not used. By default the day after the last purchase.",
        };
        var model = new Option<DirectoryInfo?>("--model")
        {
            Description = "Model that train certifications has learnt from controls. None by default.",
        };
        var keep = new Option<FileInfo?>("--keep")
        {
            Description = "Cache, one a platform, of the measures that change once a month: written on its first day, "
                + "read on the others. None by default.",
        };
        var command = new LeafCommand(
            "score",
            "Scores every certification by what was known at a date, with the reasons.",
            "certifications score --data data/sample --out out/certifications.jsonl")
        {
            data, output, cutoff, model, keep,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading and validating the data");
            using var platform = PlatformFolder.Open(parsed.GetRequiredValue(data).FullName);
            var day = parsed.GetValue(cutoff) is { } text
                ? PlatformFolder.Day("--cutoff", text)
                : PlatformFolder.LastDay(platform);
            progress.Begin("measuring certifications");
            var measures = Measure(platform, day, parsed.GetValue(keep));
            progress.Begin("scoring certifications");
            var trained = parsed.GetValue(model) is { } folder ? Read(folder.FullName) : null;
            IReadOnlyList<ScoredCertification> all =
                [.. CertificationScorer.Score(new CertificationEvidence(measures), trained)];
            if (all.Count == 0)
            {
                throw new InputException(
                    Invariant($"--cutoff {day:yyyy-MM-dd}: no certification was on sale before that day."));
            }

            var file = parsed.GetRequiredValue(output);
            Write(all, day, file);
            return Report(all, measures.Quarter.NotComputable, day, file.FullName);
        });
        return command;
    }

    private static CertificationMeasures Measure(PlatformData platform, DateOnly cutoff, FileInfo? keep)
    {
        var kept = keep?.Exists == true ? ReadKept(keep.FullName) : null;
        var measures = CertificationMeasures.At(platform, cutoff, kept);
        if (keep is not null && measures.YearBefore != kept)
        {
            keep.Directory!.Create();
            File.WriteAllBytes(keep.FullName, measures.YearBefore.Write());
        }

        return measures;
    }

    private static FeatureSet ReadKept(string path)
    {
        try
        {
            return FeatureSet.Read(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: it was not written by --keep: {exception.Message} Delete it.");
        }
    }

    private static CertificationModel Read(string folder)
    {
        try
        {
            return CertificationModel.Read(folder).Model;
        }
        catch (ModelFormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static void Write(IEnumerable<ScoredCertification> all, DateOnly cutoff, FileInfo output)
    {
        output.Directory!.Create();
        using var writer = new StreamWriter(output.FullName);
        var ranked = all.OrderBy(certification => certification.IsWarm ? certification.Rank : int.MaxValue)
            .ThenBy(certification => certification.Certification.Id, StringComparer.Ordinal);
        foreach (var certification in ranked)
        {
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                certification = certification.Certification.Id,
                title = certification.Certification.Title,
                cutoff,
                is_warm = certification.IsWarm,
                rank = certification.IsWarm ? certification.Rank : (int?)null,
                score = Math.Round(certification.Score.Percent, 2),
                dossiers = certification.Certification.Dossiers,
                euros = Math.Round(certification.Certification.Euros, 2),
                evidence = Math.Round(certification.Evidence, 4),
                confirmed_by_controls = certification.Probability is { } probability ? Math.Round(probability, 4)
                    : (double?)null,
                reasons = certification.Reasons.Select(reason => new
                {
                    code = reason.Code,
                    sentence = reason.Sentence.Fr,
                    sentence_en = reason.Sentence.En,
                    value = Number(reason.Position.Value),
                    unit = reason.Feature.Unit,
                    dossiers = Number(reason.Position.Count),
                    peers = reason.Position.Peers,
                    peer_group = reason.Group.Fr,
                    p5 = Number(reason.Position.Low),
                    p95 = Number(reason.Position.High),
                    days = reason.Days,
                    before = Number(reason.YearBefore),
                    one_in = Number(reason.OneIn),
                    share = Math.Round(reason.Share, 4),
                    is_fact = reason.IsFact,
                    usual_from = Number(reason.TypicalValue),
                    rank_without = reason.RankWithout,
                    check = reason.Feature.Check.Fr,
                    law = reason.Feature.Law,
                }),
                in_favour = certification.InFavour.Select(text => text.Fr),
            }, Json));
        }
    }

    private static CommandResult Report(
        IReadOnlyList<ScoredCertification> all, IReadOnlyCollection<string> notComputable, DateOnly day, string output)
    {
        var warm = all.Where(certification => certification.IsWarm)
            .OrderBy(certification => certification.Rank).ToList();
        var document = new
        {
            output,
            cutoff = day,
            certifications = all.Count,
            compared = warm.Count,
            not_computable = notComputable,
            first = warm.Take(5).Select(certification => new
            {
                certification = certification.Certification.Id,
                certification.Rank,
                score = certification.Score.Percent,
                reason = certification.Reasons.FirstOrDefault()?.Sentence.En,
            }),
        };
        return new CommandResult(document, console =>
        {
            console.WriteLine(Invariant($"{all.Count} certifications by what was known before {day:yyyy-MM-dd}; ")
                + Invariant($"{warm.Count} compared, ")
                + $"the others have too few dossiers. All in {output}");
            if (notComputable.Count > 0)
            {
                console.WriteLine("Not computable, the data lack what they need: "
                    + $"{string.Join(", ", notComputable)}; see docs/certification-features.md.");
            }

            foreach (var certification in warm.Take(5))
            {
                var reason = certification.Reasons.FirstOrDefault()?.Sentence.En ?? "no reason stands out";
                console.WriteLine(Invariant($"{certification.Rank,3}  {certification.Certification.Id,-10} {reason}"));
            }
        });
    }

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
