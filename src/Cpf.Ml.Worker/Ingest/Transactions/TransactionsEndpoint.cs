using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary><c>POST /api/v1/transactions</c>: platform transactions as lines of JSON.</summary>
internal sealed class TransactionsEndpoint(
    TransactionCount count, IngestHealth health, IngestSettings limits, TransactionSettings settings, TimeProvider time)
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxKeyLength = 255;

    private readonly IngestSource _source = health.Source(IngestHealth.Transactions);

    /// <summary>
    /// 200 when every line is counted and journalled, or never can be: repeated, too late, or of a minute that is not
    /// reported. 422 when some lines are invalid; the valid ones are kept.
    /// </summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        var key = context.Request.Headers[KeyHeader].ToString();
        if (key.Length > MaxKeyLength)
        {
            return TypedResults.Problem(
                $"{KeyHeader} may have {MaxKeyLength} characters, has {key.Length}.",
                statusCode: StatusCodes.Status400BadRequest, title: "Nothing was accepted");
        }

        using var transactions = new TransactionRequest(context.User.Identity?.Name ?? "", key);
        var lines = new TransactionLines(transactions, count, _source, limits, settings, time);
        return await new NdjsonRequest(context, limits, _source, lines).ReadAsync() ?? TypedResults.Ok(lines.Answer);
    }
}
