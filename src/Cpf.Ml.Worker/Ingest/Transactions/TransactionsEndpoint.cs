using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Ndjson;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary><c>POST /api/v1/transactions</c>: platform transactions as lines of JSON.</summary>
internal sealed class TransactionsEndpoint(
    TransactionIntake transactions, IngestHealth health, IngestSettings limits, TransactionSettings settings, TimeProvider time)
{
    private readonly IngestSource _source = health.Source(IngestHealth.Transactions);

    /// <summary>
    /// 200 when every line is counted, or can never be: repeated, too late, or of a minute that is not reported. 422 when some lines are
    /// bad; the good ones are kept.
    /// </summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        var lines = new TransactionLines(transactions, _source, limits, settings, time);
        var request = new NdjsonRequest(context, limits, _source, lines);
        return await request.ReadAsync() ?? TypedResults.Ok(lines.Answer(request.Kept));
    }
}

/// <summary>The lines of one request.</summary>
internal sealed class TransactionLines(
    TransactionIntake transactions, IngestSource source, IngestSettings limits, TransactionSettings settings, TimeProvider time) : ILineSink
{
    private readonly long _latest = (time.GetUtcNow() + limits.FutureTolerance).ToUnixTimeMilliseconds();
    private int _late;
    private int _duplicate;
    private int _incomplete;

    public void Take(ReadOnlySpan<byte> line)
    {
        var transaction = TransactionLine.Read(line, settings);
        if (transaction.End > _latest)
        {
            throw new LineException(Rejection.Future, "start",
                $"The transaction ends more than {limits.FutureTolerance.TotalSeconds:0} s ahead of this machine's clock.");
        }

        switch (transactions.Add(transaction))
        {
            case TransactionVerdict.Late:
                _late++;
                source.Reject(Rejection.Late);
                break;
            case TransactionVerdict.Duplicate:
                _duplicate++;
                source.Reject(Rejection.Duplicate);
                break;
            case TransactionVerdict.Incomplete:
                _incomplete++;
                source.Reject(Rejection.IncompleteMinute);
                break;
            case TransactionVerdict.Limit:
                throw new LineException(Rejection.Limit, "operation",
                    $"The limit of {settings.MaxGroups} operations, channels and regions is reached; those that are known are still counted.");
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="kept">Good lines.</param>
    public TransactionsAnswer Answer(int kept) => new(kept - _late - _duplicate - _incomplete, _late, _duplicate, _incomplete);
}

/// <param name="Accepted">Events counted.</param>
/// <param name="Late">Events whose minute was closed already.</param>
/// <param name="Duplicate">Events whose id came before.</param>
/// <param name="IncompleteMinute">Events of a minute that began before the service did; such a minute is not reported.</param>
internal sealed record TransactionsAnswer(int Accepted, int Late, int Duplicate, int IncompleteMinute);
