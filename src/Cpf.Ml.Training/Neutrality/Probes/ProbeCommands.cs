using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Data.Generation;

namespace Cpf.Ml.Training.Neutrality.Probes;

/// <summary><c>cpf-ml neutrality probe</c> and <c>serve</c>: ask an engine, and a small engine to ask.</summary>
internal static class ProbeCommands
{
    public static Command Probe()
    {
        var endpoint = new Option<string>("--endpoint") { Required = true, Description = "Address with {query}, and optionally {filters} and {context}: http://host/search?query={query}&context={context}" };
        var queries = new Option<FileInfo>("--queries") { Required = true, Description = "CSV with a header: query, and optionally filters, family, pair." };
        var output = new Option<DirectoryInfo>("--out") { Required = true, Description = "Folder for the log, as Parquet; neutrality audit reads it." };
        var contexts = new Option<string[]>("--context") { Description = "A persona; several may be given.", DefaultValueFactory = _ => ["anonymous"] };
        var repetitions = new Option<int>("--repetitions") { Description = "Of each question and context.", DefaultValueFactory = _ => 2 };
        var rate = new Option<double>("--rate") { Description = "Requests a second, at most.", DefaultValueFactory = _ => 5 };
        var forms = new Option<bool>("--forms") { Description = "Also ask without accents, in upper case, in the plural and with a typing error." };
        var command = new Command("probe", "Asks a search endpoint questions, in contexts and again, and writes what it answers as a search log.") { endpoint, queries, output, contexts, repetitions, rate, forms };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetRequiredValue(endpoint);
            if (!address.Contains("{query}", StringComparison.Ordinal) || !Uri.TryCreate(address.Replace("{query}", "x", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                throw new InputException($"--endpoint: «{address}» is no http address with {{query}} in it.");
            }

            var probe = new SearchProbe(
                address, parsed.GetValue(contexts) is { Length: > 0 } personas ? personas : ["anonymous"], parsed.GetValue(repetitions) is >= 1 and <= 1000 and var times ? times : throw new InputException("--repetitions lies between 1 and 1000."),
                parsed.GetValue(rate) is > 0 and <= 1000 and var most ? most : throw new InputException("--rate lies between 0 and 1000 requests a second."), TimeProvider.System);
            var questions = ProbeQuestion.Read(parsed.GetRequiredValue(queries).FullName);
            questions = parsed.GetValue(forms) ? [.. questions.SelectMany((question, i) => question.WithForms(i))] : questions;
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
            using var writer = new PlatformWriter(SearchLogContract.Tables);
            var result = await probe.RunAsync(client, questions, writer, cancellationToken);
            writer.Save(parsed.GetRequiredValue(output).FullName);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{parsed.GetRequiredValue(output).FullName}: {result.Searches} searches of {questions.Count} questions, {result.Offers} offers; {result.Failures} answers could not be used."));
            return 0;
        });
        return command;
    }

    public static Command Serve()
    {
        var logs = new Option<DirectoryInfo>("--logs") { Required = true, Description = "Folder of a search log, whose questions and offers it knows." };
        var port = new Option<int>("--port") { Description = "On 127.0.0.1.", DefaultValueFactory = _ => 5090 };
        var shown = new Option<int>("--shown") { Description = "Offers of an answer.", DefaultValueFactory = _ => 16 };
        var favour = new Option<string?>("--turn") { Description = "A context whose answers come in reverse order: a bias to find." };
        var command = new Command("serve", "A small search engine to try probes on: GET /search?query=…&context=…") { logs, port, shown, favour };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new SearchService(AuditCommand.Read(parsed.GetRequiredValue(logs).FullName), parsed.GetValue(port), parsed.GetValue(shown), parsed.GetValue(favour), TimeProvider.System);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{service.Address}search?query=…&context=… answers until Ctrl-C.");
            await service.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
