using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Status of the publishers, and messages that were given up.</summary>
internal sealed class DeadLetters(OutboxStore store, OutboxSignal signal, PublishSettings settings, AuditLog audit)
{
    /// <summary>Every configured publisher, and those no longer configured that still have messages.</summary>
    public async Task<IReadOnlyList<PublisherStatus>> SummariseAsync(CancellationToken cancellationToken)
    {
        var found = await store.SummariseAsync(cancellationToken);
        var quiet = settings.Names.Where(name => found.All(status => status.Name != name))
            .Select(name => new PublisherStatus { Name = name });
        return
        [
            .. found.Where(status => settings.Names.Contains(status.Name) || status.Pending + status.Dead > 0)
                .Concat(quiet)
                .OrderBy(status => status.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(CancellationToken cancellationToken) =>
        store.FindDeadAsync(cancellationToken);

    /// <exception cref="RefusedException">No message with this id was given up.</exception>
    public async Task ResendAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (!await store.ReviveAsync(id, audit.Entry(actor, "publish.resend", id), cancellationToken))
        {
            throw new RefusedException(404, new(
                "Ce message n'est pas, ou plus, parmi les messages abandonnés\u00a0: rechargez la liste.",
                "This message is not, or no longer, among those given up: reload the list."));
        }

        signal.Set();
    }
}
