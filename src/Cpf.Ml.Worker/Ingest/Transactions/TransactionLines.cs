using System.Data.Common;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>The lines of one request: counted together when all of them are read, or not at all.</summary>
internal sealed class TransactionLines(
    TransactionRequest request,
    TransactionCount count,
    IngestSource source,
    IngestSettings limits,
    TransactionSettings settings,
    TimeProvider time) : ILineSink
{
    private readonly long _latest = (time.GetUtcNow() + limits.FutureTolerance).ToUnixTimeMilliseconds();
    private readonly List<int> _numbers = [];
    private TransactionVerdict[] _verdicts = [];

    public bool InPieces => false;

    public void Accept(ReadOnlySpan<byte> line, int number)
    {
        var transaction = TransactionLine.Read(line, settings);
        if (transaction.End > _latest)
        {
            throw new LineException(Rejection.Future, "start",
                $"The transaction ends more than {limits.FutureTolerance.TotalSeconds:0} s ahead of this "
                    + $"machine's clock.");
        }

        request.Add(line, transaction);
        _numbers.Add(number);
    }

    public async Task<IReadOnlyList<(int Line, LineFault Fault)>> FlushAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            _verdicts = await count.AddAsync(request, either.Token);
        }
        catch (Exception reason) when (reason is DbException or TimeoutException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            source.Fail($"{request.Events.Count} transactions could not be written down: {reason.Message}");
            throw new OverloadedException(reason);
        }

        CountAtSource();
        var fault = new LineFault(Rejection.Limit, "operation",
            $"The limit of {settings.MaxGroups} operations, channels and regions is reached; those that are known are "
                + $"still counted.");
        return [.. _numbers.Where((_, i) => _verdicts[i] == TransactionVerdict.Limit)
            .Select(number => (number, fault))];
    }

    public int Accepted => Count(TransactionVerdict.Accepted);

    public IReadOnlyDictionary<string, object?> Outcome => new Dictionary<string, object?>
    {
        ["late"] = Answer.Late,
        ["duplicate"] = Answer.Duplicate,
        ["incompleteMinute"] = Answer.IncompleteMinute,
    };

    public TransactionsAnswer Answer =>
        new(Accepted,
            Count(TransactionVerdict.Late), Count(TransactionVerdict.Duplicate), Count(TransactionVerdict.Incomplete));

    private void CountAtSource()
    {
        if (Count(TransactionVerdict.Accepted) is > 0 and var accepted)
        {
            source.Accept(accepted, request.Until);
        }

        foreach (var (verdict, reason) in new[]
        {
            (TransactionVerdict.Late, Rejection.Late),
            (TransactionVerdict.Duplicate, Rejection.Duplicate),
            (TransactionVerdict.Incomplete, Rejection.IncompleteMinute),
        })
        {
            if (Count(verdict) is > 0 and var refused)
            {
                source.Reject(reason, refused);
            }
        }
    }

    private int Count(TransactionVerdict verdict) => _verdicts.Count(found => found == verdict);
}

/// <param name="Accepted">Events counted.</param>
/// <param name="Late">Events whose minute was closed already.</param>
/// <param name="Duplicate">Events that came before: by their id, or because the whole request did.</param>
/// <param name="IncompleteMinute">Events of a minute of which something may be missing, because the service did not
/// run; it is not reported.</param>
internal sealed record TransactionsAnswer(int Accepted, int Late, int Duplicate, int IncompleteMinute);
