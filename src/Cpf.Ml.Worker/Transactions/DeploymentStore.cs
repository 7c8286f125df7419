using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Deployments as rows.</summary>
internal sealed class DeploymentStore(Database database)
{
    private const int MaxRows = 1000;

    /// <summary>Those in [<paramref name="from"/>, <paramref name="to"/>), at most 1 000, newest first.</summary>
    /// <param name="service">Null: of all services.</param>
    public async Task<IReadOnlyList<Deployment>> FindAsync(
        DateTimeOffset from, DateTimeOffset to, string? service, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            """
            select id as Id, service as Service, version as Version, at as At,
                   created_by as CreatedBy, created_at as CreatedAt
            from deployment where at >= @from and at < @to and (@service is null or service = @service)
            order by at desc, id limit @MaxRows
            """,
            new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), service, MaxRows },
            cancellationToken);
        return [.. rows.Select(row => row.ToDeployment())];
    }

    /// <summary>Adds a deployment with its line in the audit log.</summary>
    /// <returns>False when it was known: nothing changed.</returns>
    public async Task<bool> AddAsync(Deployment deployment, AuditEntry audit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteAsync(
            """
            insert into deployment (id, service, version, at, created_by, created_at)
            values (@Id, @Service, @Version, @At, @CreatedBy, @CreatedAt) on conflict (id) do nothing
            """,
            Row.Of(deployment),
            cancellationToken,
            transaction);
        if (added == 0)
        {
            return false;
        }

        await AuditStore.AddAsync(transaction, audit, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Service { get; init; } = "";

        public string Version { get; init; } = "";

        public long At { get; init; }

        public string CreatedBy { get; init; } = "";

        public long CreatedAt { get; init; }

        public static Row Of(Deployment deployment) => new()
        {
            Id = deployment.Id,
            Service = deployment.Service,
            Version = deployment.Version,
            At = deployment.At.ToUnixTimeMilliseconds(),
            CreatedBy = deployment.CreatedBy,
            CreatedAt = deployment.CreatedAt.ToUnixTimeMilliseconds(),
        };

        public Deployment ToDeployment() => new(
            Id, Service, Version,
            DateTimeOffset.FromUnixTimeMilliseconds(At), CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
