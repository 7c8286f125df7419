using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Platform;

namespace Cpf.Ml.Training.Neutrality.Probes;

/// <summary>
/// Asks a search endpoint questions, in contexts and again, and writes what it answers as a search log.
/// </summary>
/// <param name="Endpoint">Address with <c>{query}</c>, and optionally <c>{filters}</c> and <c>{context}</c>, in their
/// places.</param>
/// <param name="Contexts">Personas, sent in the address and as header X-Context.</param>
/// <param name="Repetitions">Of each question and context: without two, context cannot be told from chance.</param>
/// <param name="Rate">Requests a second, at most.</param>
/// <remarks>An answer is JSON: an array, or an object with <c>results</c>, of objects with <c>offer_id</c> (or
/// <c>id</c>), <c>organisation_id</c> (or <c>organisation</c>), and optionally <c>relevance</c>, in order.</remarks>
internal sealed record SearchProbe(
    string Endpoint, IReadOnlyList<string> Contexts, int Repetitions, double Rate, TimeProvider Time)
{
    /// <summary>Failures in a row after which the endpoint is taken for gone.</summary>
    private const int MaxFailures = 5;

    public async Task<ProbeResult> RunAsync(
        HttpClient client,
        IReadOnlyList<ProbeQuestion> questions,
        PlatformWriter writer,
        Progress progress,
        CancellationToken cancellationToken)
    {
        var (offers, organisations, searches, failures, inARow) = (new Dictionary<string, string>(),
            new HashSet<string>(), 0, 0, 0);
        using var turn = new PeriodicTimer(TimeSpan.FromSeconds(1 / Rate), Time);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            foreach (var question in questions)
            {
                foreach (var context in Contexts)
                {
                    await turn.WaitForNextTickAsync(cancellationToken);
                    progress.Step();
                    try
                    {
                        var results = await AskAsync(client, question, context, cancellationToken);
                        inARow = 0;
                        Record(writer, string.Create(CultureInfo.InvariantCulture, $"P{++searches:D7}"),
                            question, context, results, offers, organisations);
                    }
                    catch (Exception reason)
                        when (reason is HttpRequestException or JsonException or InvalidOperationException
                            or KeyNotFoundException or TaskCanceledException
                            && !cancellationToken.IsCancellationRequested)
                    {
                        failures++;
                        if (++inARow >= MaxFailures)
                        {
                            throw new InputException($"{Endpoint}: {MaxFailures} answers in a row failed, the last "
                                + $"for «{question.Query}»: {reason.Message}");
                        }
                    }
                }
            }
        }

        return new(searches, failures, offers.Count);
    }

    private async Task<IReadOnlyList<ProbedOffer>> AskAsync(
        HttpClient client, ProbeQuestion question, string context, CancellationToken cancellationToken)
    {
        var address = Endpoint.Replace("{query}", Uri.EscapeDataString(question.Query), StringComparison.Ordinal)
            .Replace("{filters}", Uri.EscapeDataString(question.Filters ?? ""), StringComparison.Ordinal)
            .Replace("{context}", Uri.EscapeDataString(context), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("X-Context", context);
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var document = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var results = document.ValueKind == JsonValueKind.Array ? document : document.GetProperty("results");
        string Text(JsonElement element, string name, string other) => (element.TryGetProperty(name, out var value)
            || element.TryGetProperty(other, out value))
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : throw new JsonException($"a result has neither {name} nor {other}.");
        return [.. results.EnumerateArray().Select(element => new ProbedOffer(Text(element, "offer_id", "id"),
            Text(element, "organisation_id", "organisation"), element.TryGetProperty("relevance", out var relevance)
                && relevance.ValueKind == JsonValueKind.Number ? relevance.GetDouble() : null))];
    }

    private void Record(PlatformWriter writer, string id, ProbeQuestion question, string context,
        IReadOnlyList<ProbedOffer> results, Dictionary<string, string> offers, HashSet<string> organisations)
    {
        writer.Row("searches").AppendValue(id)
            .AppendValue(Time.GetUtcNow().UtcDateTime).AppendValue(question.Query).AppendValue(question.Filters)
            .AppendValue(context).AppendValue(question.Family).AppendValue(question.Pair).EndRow();
        foreach (var (i, result) in results.Index())
        {
            writer.Row("impressions")
                .AppendValue(id).AppendValue(result.Id).AppendValue((long?)(i + 1)).AppendValue(result.Relevance)
                .AppendValue((double?)null).AppendValue((bool?)null).AppendValue((bool?)null).EndRow();
            if (offers.TryAdd(result.Id, result.Organisation))
            {
                writer.Row("offers").AppendValue(result.Id).AppendValue(result.Organisation)
                    .AppendValue((string?)null).AppendValue((string?)null).AppendValue((double?)null)
                    .AppendValue((long?)null).AppendValue((string?)null).AppendValue((bool?)null)
                    .AppendValue((long?)null).AppendValue((double?)null).EndRow();
            }

            if (organisations.Add(result.Organisation))
            {
                writer.Row("organisations").AppendValue(result.Organisation)
                    .AppendValue((string?)null).AppendValue((string?)null).AppendValue((DateOnly?)null).EndRow();
            }
        }
    }

    private readonly record struct ProbedOffer(string Id, string Organisation, double? Relevance);
}

/// <param name="Failures">Answers that could not be used; their questions are not in the log.</param>
internal sealed record ProbeResult(int Searches, int Failures, int Offers);
