using System.Text.Json;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Re-ranks answers one after the other, and keeps the ledger of exposure over restarts: a kill loses at
/// most the last seconds of it.</summary>
internal sealed class Reranking(
    NeutralitySettings settings, WorkerStateStore store, PeriodicWork periodic, ILogger<Reranking> log)
    : BackgroundService
{
    private const string Name = "neutrality/ledger";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly RelevanceModel? _relevance = settings.LoadRelevance();
    private ExposureLedger _ledger = new();
    private long _kept;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(Name, cancellationToken) is { } state)
        {
            _ledger = ExposureLedger.Restore(JsonSerializer.Deserialize<LedgerState>(state)!);
            _kept = _ledger.Requests;
        }

        await base.StartAsync(cancellationToken);
    }

    /// <exception cref="RefusedException">The request is invalid.</exception>
    public RerankAnswer Answer(RerankRequest request)
    {
        if (request.Validate() is { } reason)
        {
            throw new RefusedException(400, reason);
        }

        if (settings.Off)
        {
            string[] order = [.. request.Offers!.Select(offer => offer.Id!)];
            return new([.. order], [.. order], [.. order], true, 0, 0, false, []);
        }

        lock (_turn)
        {
            return request.Answer(_ledger, settings.Guards, settings.Dimensions, settings.Shadow, _relevance);
        }
    }

    public LedgerState State
    {
        get
        {
            lock (_turn)
            {
                return _ledger.State;
            }
        }
    }

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var state = State;
        if (state.Requests != _kept)
        {
            await store.SaveAsync(Name, JsonSerializer.SerializeToUtf8Bytes(state), cancellationToken);
            _kept = state.Requests;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(Reranking), Every, KeepAsync, reason => Log.LedgerFailed(log, reason.Message), stoppingToken);
}
