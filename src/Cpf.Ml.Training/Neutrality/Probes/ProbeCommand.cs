using System.CommandLine;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Platform;
using static System.FormattableString;

namespace Cpf.Ml.Training.Neutrality.Probes;

/// <summary><c>cpf-ml neutrality probe</c>: asks a search engine over HTTP and keeps its answers.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        var endpoint = new Option<string>("--endpoint")
        {
            Required = true,
            Description = "Address with {query}, and optionally {filters} and {context}: "
                + "http://host/search?query={query}&context={context}",
        };
        var queries = new Option<FileInfo>("--queries")
        {
            Required = true,
            Description = "CSV with a header: query, and optionally filters, family, pair.",
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Required = true,
            Description = "Folder for the search log, as Parquet; neutrality audit reads it.",
        };
        var contexts = new Option<string[]>("--context")
        {
            Description = "A persona; several may be given.",
            DefaultValueFactory = _ => ["anonymous"],
        };
        var repetitions = new RangeOption<int>("--repetitions", 1, 1000, "Times that each query is asked in each "
            + "context.")
        {
            DefaultValueFactory = _ => 2,
        };
        var rate = new RangeOption<double>("--rate", 0.001, 1000, "Maximum rate, in requests a second.")
        {
            DefaultValueFactory = _ => 5,
        };
        var forms = new Option<bool>("--forms")
        {
            Description = "Also asks without accents, in upper case, in the plural and with a typing error. Off by "
                + "default.",
        };
        var command = new LeafCommand(
            "probe",
            "Sends queries to a search endpoint, in contexts and repeatedly, and writes its answers as a search log.",
            "neutrality serve --logs data/searches --port 5090 &\n"
            + "neutrality probe --endpoint \"http://127.0.0.1:5090/search?query={query}\" "
            + "--queries data/examples/queries.csv --out out/log")
        {
            endpoint, queries, output, contexts, repetitions, rate, forms,
        };
        command.SetWork(async (parsed, progress, cancellationToken) =>
        {
            var personas = parsed.GetValue(contexts) is { Length: > 0 } given ? given : ["anonymous"];
            var probe = new SearchProbe(
                Endpoint(parsed.GetRequiredValue(endpoint)),
                personas,
                parsed.GetValue(repetitions),
                parsed.GetValue(rate),
                TimeProvider.System);
            var questions = ProbeQuestion.Read(parsed.GetRequiredValue(queries).FullName);
            questions = parsed.GetValue(forms)
                ? [.. questions.SelectMany((question, i) => question.WithForms(i))]
                : questions;
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
            using var writer = new PlatformWriter(SearchLogContract.Tables);
            progress.Begin("requests", questions.Count * personas.Length * probe.Repetitions);
            var result = await probe.RunAsync(client, questions, writer, progress, cancellationToken);
            var folder = parsed.GetRequiredValue(output).FullName;
            writer.Save(folder);
            return new CommandResult(
                new { folder, result.Searches, queries = questions.Count, result.Offers, result.Failures },
                console => console.WriteLine(
                    Invariant($"{folder}: {result.Searches} searches of {questions.Count} queries, {result.Offers} ")
                    + Invariant($"offers; {result.Failures} answers could not be used.")));
        });
        return command;
    }

    private static string Endpoint(string text)
    {
        var hasQuery = text.Contains("{query}", StringComparison.Ordinal);
        var example = text.Replace("{query}", "x", StringComparison.Ordinal);
        var isHttp = Uri.TryCreate(example, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        return hasQuery && isHttp
            ? text
            : throw new InputException($"--endpoint: «{text}» is no http address with {{query}} in it.");
    }
}
