using Cpf.Ml.Scoring;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality.Probes;

/// <summary>
/// A small search engine over the offers of a search log, to try probes on: <c>GET /search?query=…&amp;context=…</c>.
/// </summary>
/// <remarks>It answers what the log answered to the question of the same words, folded; with a bias for a context where
/// it is told to.</remarks>
internal sealed class SearchService : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ILookup<string, (LoggedOffer Offer, string Organisation, double Relevance)> _answers;
    private readonly string? _favoured;
    private readonly int _shown;
    private readonly TimeProvider _time;

    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="favoured">Context that gets its answers in another order; null for none.</param>
    public SearchService(SearchLog log, int port, int shown, string? favoured, TimeProvider time)
    {
        (_favoured, _shown, _time) = (favoured, shown, time);
        _answers = log.Units.ToLookup(unit => Fold(log.Questions[unit.Question].Query), unit => (log.Offers[unit.Offer],
            log.Organisations[log.Offers[unit.Offer].Organisation].Id, unit.Relevance));
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address);
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException reason)
        {
            throw new InputException($"{Address}: {reason.Message}");
        }
    }

    public string Address { get; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(_listener.Stop);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (HttpListenerException)
            {
                // Who asked has gone; the next one is answered.
            }
        }
    }

    public void Dispose() => _listener.Close();

    private void Answer(HttpListenerContext context)
    {
        var (query, who) = (context.Request.QueryString["query"] ?? "", context.Request.QueryString["context"]);
        var day = _time.GetUtcNow().UtcDateTime.Date.Ticks;
        var found = _answers[Fold(query)].DistinctBy(answer => answer.Offer.Id)
            .OrderByDescending(answer => answer.Relevance).ThenBy(answer => System.IO.Hashing.XxHash3.HashToUInt64(
                Encoding.UTF8.GetBytes($"{day} {Fold(query)} {answer.Offer.Id}"))).Take(_shown);
        found = who is not null && who == _favoured ? found.Reverse() : found;
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            results = found.Select(
            row => new { offer_id = row.Offer.Id, organisation_id = row.Organisation, relevance = row.Relevance })
        });
        context.Response.ContentType = "application/json";
        context.Response.Close(context.Request.Url?.AbsolutePath == "/search" ? body : [], willBlock: false);
    }

    /// <summary>Without case and accents; nothing more, so that plurals and typing errors show.</summary>
    private static string Fold(string text) => Accents.Strip(text.Trim().ToUpperInvariant());
}
