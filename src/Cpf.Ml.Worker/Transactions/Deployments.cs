using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Recent deployments: for a while afterwards the series of a service may deviate further before an alert
/// opens.</summary>
/// <remarks>Scoring reads it for every point: what it needs is in memory, and replaced as a whole.</remarks>
internal sealed class Deployments(
    DeploymentStore store, AuditLog audit, TransactionsSettings settings, TimeProvider time) : IHostedService
{
    private const int MaxServiceLength = 200;
    private const int MaxVersionLength = 100;

    /// <summary>Points and pipelines may be late by so much.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);

    /// <summary>A deployment is announced when it begins; clocks may differ.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private ImmutableDictionary<string, ImmutableArray<Deployment>> _recent =
        ImmutableDictionary<string, ImmutableArray<Deployment>>.Empty;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await store.FindAsync(now - Oldest, now + Ahead, null, cancellationToken);
        _recent = found.GroupBy(deployment => deployment.Service, StringComparer.Ordinal).ToImmutableDictionary(
            service => service.Key, service => service.ToImmutableArray(), StringComparer.Ordinal);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The newest deployment of a service that is at most <see cref="TransactionsSettings.DeploymentWindow"/>
    /// before an instant; null when there is none.</summary>
    /// <param name="at">Unix milliseconds.</param>
    public Deployment? Before(string service, long at)
    {
        var recent = _recent;
        if (recent.IsEmpty || !recent.TryGetValue(service, out var found))
        {
            return null;
        }

        Deployment? newest = null;
        foreach (var deployment in found)
        {
            var past = at - deployment.At.ToUnixTimeMilliseconds();
            if (past >= 0
                && past < settings.DeploymentWindow.TotalMilliseconds && (newest is null || deployment.At > newest.At))
            {
                newest = deployment;
            }
        }

        return newest;
    }

    /// <summary>Adds a deployment, for points that are scored from now on. The same deployment again changes
    /// nothing.</summary>
    /// <exception cref="Hosting.RefusedException">A field is missing or invalid; the message says
    /// which.</exception>
    public async Task<Deployment> AddAsync(NewDeployment announced, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var deployment = Check(announced, actor, now);
        var entry =
            audit.Entry(actor, "deployment.note", deployment.Service, null, new { deployment.Version, deployment.At });
        if (await store.AddAsync(deployment, entry, cancellationToken))
        {
            ImmutableInterlocked.AddOrUpdate(
                ref _recent,
                deployment.Service,
                [deployment],
                (_, known) => [deployment, .. known.Where(other => other.At > now - Oldest)]);
        }

        return deployment;
    }

    private static Deployment Check(NewDeployment announced, Actor actor, DateTimeOffset now)
    {
        var service = Refusals.IfEmpty(announced.Service, "service");
        Refusals.IfLonger(service, MaxServiceLength, "service");
        var version = Refusals.IfEmpty(announced.Version, "version");
        Refusals.IfLonger(version, MaxVersionLength, "version");
        var at = announced.At?.ToUniversalTime() ?? now;
        if (at > now + Ahead)
        {
            throw Refusals.Bad(
                "«\u00a0at\u00a0» est dans l'avenir\u00a0: annoncez un déploiement quand il commence.",
                $"at is {at:O}, in the future: announce a deployment when it begins.");
        }

        if (at < now - Oldest)
        {
            throw Refusals.Bad(
                $"«\u00a0at\u00a0» date de plus de {Oldest.Days} jours\u00a0: cela ne change plus rien.",
                $"at is {at:O}, more than {Oldest.Days} days ago: it changes nothing any more.");
        }

        var id = AlertId.Hash(
            "deployment", service, version, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return new Deployment(id, service, version, at, actor.Name, now);
    }
}

/// <param name="Service">As series name it.</param>
/// <param name="Version">What was deployed, for example <c>4.2.1</c>.</param>
/// <param name="At">When; null: now. At most 7 days ago, and not in the future.</param>
internal sealed record NewDeployment(string Service, string Version, DateTimeOffset? At = null);
