using System.CommandLine;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Neutrality.Data;

namespace Cpf.Ml.Training.Neutrality.Probes;

/// <summary><c>cpf-ml neutrality serve</c>: a small search engine to try probes on.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var logs = new Option<DirectoryInfo>("--logs")
        {
            Required = true,
            Description = "Folder of a search log, whose queries and offers it knows.",
        };
        var port = new RangeOption<int>("--port", 1, 65_535, "TCP port on 127.0.0.1.")
        {
            DefaultValueFactory = _ => 5090,
        };
        var shown = new RangeOption<int>("--shown", 1, 1000, "Offers of an answer.") { DefaultValueFactory = _ => 16 };
        var reversed = new Option<string?>("--turn")
        {
            Description = "A context whose answers come in reverse order: a bias to find. None by default.",
        };
        var command = new LeafCommand(
            "serve",
            "Serves a small search engine, GET /search?query=…&context=…, until it is stopped.",
            "neutrality serve --logs data/searches --port 5090 &")
        {
            logs, port, shown, reversed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new SearchService(
                SearchLogFolder.Open(parsed.GetRequiredValue(logs).FullName),
                parsed.GetValue(port),
                parsed.GetValue(shown),
                parsed.GetValue(reversed),
                TimeProvider.System);
            var address = $"{service.Address}search?query=…&context=…";
            var ready = new CommandResult(
                new { address }, console => console.WriteLine($"{address} answers until Ctrl-C."));
            ready.Write(parsed);
            await service.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
