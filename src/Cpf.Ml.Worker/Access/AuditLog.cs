using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Worker.Access;

/// <summary>Who did what to what, when and from where. Lines are only ever added, and deleted by retention
/// alone.</summary>
internal sealed class AuditLog(AuditStore store, TimeProvider time)
{
    /// <summary>Letters with accents are not escaped, because people read this JSON; it is never put into a
    /// page.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a line by itself.</summary>
    /// <param name="before">What the subject was, without secrets; written as JSON.</param>
    /// <param name="after">What the subject is now, without secrets; written as JSON.</param>
    public Task RecordAsync(
        Actor actor,
        string action, string subject, object? before, object? after, CancellationToken cancellationToken) =>
        store.AddAsync(Entry(actor, action, subject, before, after), cancellationToken);

    /// <summary>A line to be written in the transaction of the change that it records:
    /// <see cref="AuditStore.AddAsync(System.Data.Common.DbTransaction, AuditEntry, CancellationToken)"/>.</summary>
    public AuditEntry Entry(Actor actor, string action, string subject, object? before = null, object? after = null)
    {
        var now = time.GetUtcNow();
        return new AuditEntry(
            NewId(now), now, actor.Name, action, subject, Write(before), Write(after), actor.Source, actor.Trace);
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditFilter filter, CancellationToken cancellationToken) =>
        store.ReadAsync(filter, cancellationToken);

    private static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json);

    private static string NewId(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{now.ToUnixTimeMilliseconds():x12}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
}

/// <param name="Actor">Only what this actor did; null: everybody.</param>
/// <param name="Action">Only actions that begin so, as <c>account.</c>; null: all.</param>
/// <param name="Subject">Only what was done to this subject; null: all.</param>
/// <param name="Before">Only lines older than the one with this id; null: from the newest.</param>
/// <param name="Limit">1 to 500 lines.</param>
internal sealed record AuditFilter(
    string? Actor = null, string? Action = null, string? Subject = null, string? Before = null, int Limit = 100);
