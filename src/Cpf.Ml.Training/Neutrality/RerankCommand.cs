using Cpf.Ml.Training.Neutrality.Data;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality rerank</c>: answers of an engine, one after the other, in a fair order.</summary>
internal static class RerankCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static Command Create()
    {
        var input = new Option<FileInfo>("--in")
        {
            Required = true,
            Description = "A JSON object a line: query, day, offers [{id, organisation, score, relevance, features, "
                + "groups}] in the engine's order.",
        };
        var output = new Option<FileInfo>("--out")
        {
            Required = true,
            Description = "File to write, a JSON object a line: order, corrected, original, loss, moves.",
        };
        var constraint = new Option<FileInfo>("--constraint")
        {
            Required = true,
            Description = "JSON: dimensions to balance, target (relevance, merit, parity), shown, cap, mostMoves, "
                + "mostLoss, meanLoss, strength, swapShare, byRelevance, shadow.",
        };
        var relevance = new Option<DirectoryInfo?>("--relevance")
        {
            Description = "Model of train relevance, for offers that come with features and without relevance. None by "
                + "default.",
        };
        var command = new LeafCommand(
            "rerank",
            "Reranks answers of an engine so that exposure is fair, within guards on what is lost.",
            "neutrality rerank --in data/examples/answers.jsonl --constraint data/examples/constraint.json "
            + "--out out/reranked.jsonl")
        {
            input, output, constraint, relevance,
        };
        command.SetWork((parsed, progress) =>
        {
            var wanted = Wanted(parsed.GetRequiredValue(constraint).FullName);
            var model = parsed.GetValue(relevance) is { } folder ? SearchLogFolder.Relevance(folder.FullName) : null;
            var (ledger, path, line) = (new ExposureLedger(), parsed.GetRequiredValue(input).FullName, 0);
            var target = parsed.GetRequiredValue(output);
            target.Directory!.Create();
            using var writer = new StreamWriter(target.FullName);
            progress.Begin("reranking answers");
            foreach (var text in File.ReadLines(path))
            {
                line++;
                if (text.Length > 0)
                {
                    var answer = Request(text, path, line)
                        .Answer(ledger, wanted.Guards, wanted.Dimensions ?? [], wanted.Shadow, model);
                    writer.WriteLine(JsonSerializer.Serialize(answer, Json));
                }
            }

            return Report(ledger, target.FullName);
        });
        return command;
    }

    private static CommandResult Report(ExposureLedger ledger, string output)
    {
        var groups = ledger.Groups.OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var document = new
        {
            output,
            answers = ledger.Requests,
            mean_loss = ledger.MeanLoss,
            groups = groups.ToDictionary(
                group => group.Key,
                group => new { exposure_ratio = group.Value.Ratio, boost = group.Value.Multiplier }),
        };
        return new CommandResult(document, console =>
        {
            console.WriteLine(Invariant($"{ledger.Requests} answers; mean nDCG lost: {ledger.MeanLoss:F5}"));
            foreach (var (name, group) in groups)
            {
                console.WriteLine(
                    Invariant($"  {name,-30} exposure over target {group.Ratio:F3}, boost {group.Multiplier:F4}"));
            }
        });
    }

    private static RerankRequest Request(string text, string path, int line)
    {
        try
        {
            var request = JsonSerializer.Deserialize<RerankRequest>(text, Json)
                ?? throw new JsonException("null is no answer.");
            return request.Validate() is { } reason
                ? throw new InputException($"{path}, line {line}: {reason.En}")
                : request;
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}, line {line}: {exception.Message}");
        }
    }

    private static Constraint Wanted(string path)
    {
        try
        {
            var wanted = JsonSerializer.Deserialize<Constraint>(File.ReadAllText(path), Json)
                ?? throw new JsonException("null is no constraint.");
            return wanted.Guards.Validate().FirstOrDefault() is { } reason
                ? throw new InputException($"{path}: {reason}")
                : wanted;
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }

    private sealed record Constraint(
        string[]? Dimensions,
        ExposureTarget Target,
        int Shown,
        int Cap,
        [property: JsonPropertyName("mostMoves")] int? MaxMoves,
        [property: JsonPropertyName("mostLoss")] double? MaxLoss,
        double? MeanLoss,
        double? Strength,
        double SwapShare,
        bool ByRelevance,
        bool Shadow)
    {
        [JsonIgnore]
        public CorrectionGuards Guards
        {
            get
            {
                var standard = new CorrectionGuards();
                return standard with
                {
                    Target = Target,
                    Shown = Shown,
                    Cap = Cap,
                    MaxMoves = MaxMoves ?? standard.MaxMoves,
                    MaxLoss = MaxLoss ?? standard.MaxLoss,
                    MeanLoss = MeanLoss ?? standard.MeanLoss,
                    Strength = Strength ?? standard.Strength,
                    SwapShare = SwapShare,
                    ByRelevance = ByRelevance,
                };
            }
        }
    }
}
