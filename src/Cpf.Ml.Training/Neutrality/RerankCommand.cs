using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality rerank</c>: answers of an engine, one after the other, in an order that favours nobody.</summary>
internal static class RerankCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static Command Create()
    {
        var input = new Option<FileInfo>("--in") { Required = true, Description = "A JSON object a line: query, day, offers [{id, organisation, score, relevance, features, groups}] in the engine's order." };
        var output = new Option<FileInfo>("--out") { Required = true, Description = "A JSON object a line: order, corrected, original, loss, moves." };
        var constraint = new Option<FileInfo>("--constraint") { Required = true, Description = "JSON: dimensions to balance, target (relevance, merit, parity), shown, cap, mostMoves, mostLoss, meanLoss, strength, swapShare, byRelevance, shadow." };
        var relevance = new Option<DirectoryInfo?>("--relevance") { Description = "Model of train relevance, for offers that come with features and without relevance." };
        var command = new Command("rerank", "Answers of an engine in an order that favours nobody, within guards.") { input, output, constraint, relevance };
        command.SetAction(parsed =>
        {
            var wanted = Wanted(parsed.GetRequiredValue(constraint).FullName);
            var model = parsed.GetValue(relevance) is { } folder ? AuditCommand.Relevance(folder.FullName) : null;
            var (ledger, path, line) = (new ExposureLedger(), parsed.GetRequiredValue(input).FullName, 0);
            using var writer = new StreamWriter(parsed.GetRequiredValue(output).FullName);
            foreach (var text in File.ReadLines(path))
            {
                line++;
                if (text.Length > 0)
                {
                    writer.WriteLine(JsonSerializer.Serialize(Request(text, path, line).Answer(ledger, wanted.Guards, wanted.Dimensions ?? [], wanted.Shadow, model), Json));
                }
            }

            var console = parsed.InvocationConfiguration.Output;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ledger.Requests} answers; nDCG lost on average: {ledger.MeanLoss:F5}"));
            foreach (var (name, group) in ledger.Groups.OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-30} exposure for what it deserves {group.Ratio:F3}, boost {group.Multiplier:F4}"));
            }

            return 0;
        });
        return command;
    }

    private static RerankRequest Request(string text, string path, int line)
    {
        try
        {
            var request = JsonSerializer.Deserialize<RerankRequest>(text, Json) ?? throw new JsonException("null is no answer.");
            return request.Wrong() is { } wrong ? throw new InputException($"{path}, line {line}: {wrong.En}") : request;
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
            var wanted = JsonSerializer.Deserialize<Constraint>(File.ReadAllText(path), Json) ?? throw new JsonException("null is no constraint.");
            return wanted.Guards.Validate().FirstOrDefault() is { } wrong ? throw new InputException($"{path}: {wrong}") : wanted;
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }

    private sealed record Constraint(string[]? Dimensions, ExposureTarget Target, int Shown, int Cap, int? MostMoves, double? MostLoss, double? MeanLoss, double? Strength, double SwapShare, bool ByRelevance, bool Shadow)
    {
        [JsonIgnore]
        public CorrectionGuards Guards
        {
            get
            {
                var usual = new CorrectionGuards();
                return usual with
                {
                    Target = Target,
                    Shown = Shown,
                    Cap = Cap,
                    MostMoves = MostMoves ?? usual.MostMoves,
                    MostLoss = MostLoss ?? usual.MostLoss,
                    MeanLoss = MeanLoss ?? usual.MeanLoss,
                    Strength = Strength ?? usual.Strength,
                    SwapShare = SwapShare,
                    ByRelevance = ByRelevance,
                };
            }
        }
    }
}
