using System.Text.Json.Serialization;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Delivery status of a publisher.</summary>
internal sealed class PublisherStatus
{
    public string Name { get; init; } = "";

    /// <summary>Messages that wait or are being retried.</summary>
    public int Pending { get; init; }

    /// <summary>Messages that were given up and can be sent again.</summary>
    public int Dead { get; init; }

    public DateTimeOffset? OldestPending => At(OldestPendingMilliseconds);

    public DateTimeOffset? LastDelivered => At(LastDeliveredMilliseconds);

    /// <summary>Error of the oldest undelivered message; null when all were delivered.</summary>
    public string? LastError { get; init; }

    [JsonIgnore]
    public long? OldestPendingMilliseconds { get; init; }

    [JsonIgnore]
    public long? LastDeliveredMilliseconds { get; init; }

    private static DateTimeOffset? At(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
