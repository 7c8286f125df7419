using System.Collections.Immutable;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Why a sample or an event was rejected. Each is counted by source.</summary>
internal enum Rejection
{
    /// <summary>The line or message cannot be read at all, or a field has the wrong type.</summary>
    Malformed,

    /// <summary>A name, a label or a line is longer than allowed, or there are too many labels.</summary>
    TooLong,
    Infinite,

    /// <summary>A duration, volume or share below 0.</summary>
    Negative,

    /// <summary>An error rate above 1.</summary>
    OutOfRange,

    /// <summary>Further ahead of this machine's clock than tolerated.</summary>
    Future,

    /// <summary>Before the year 2000: most often seconds sent as milliseconds.</summary>
    TooOld,

    /// <summary>Its minute was closed before it came, or its series has a newer point.</summary>
    Late,

    /// <summary>An event with an id, or a sample of an instant, that was seen before.</summary>
    Duplicate,

    /// <summary>
    /// Of another kind than its series, whose detector was restarted for such a change within the hour: two senders
    /// disagree.
    /// </summary>
    Conflict,

    /// <summary>Its minute began before this process, and what came earlier in it is not known.</summary>
    IncompleteMinute,

    /// <summary>A missing value of a series that never had one: nobody knows what is missing, and no series is made of
    /// it.</summary>
    UnknownSeries,

    /// <summary>A new series or group beyond the configured limit.</summary>
    Limit,

    /// <summary>Configuration or naming says that the series is not scored.</summary>
    NotSelected,

    /// <summary>Exemplars, native histograms and metadata of remote_write.</summary>
    Unsupported,
}

internal static class Rejections
{
    /// <summary>Names as metrics and answers show them, for example <c>out-of-range</c>, in the order of the
    /// enumeration.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. Enum.GetNames<Rejection>().Select(name => string.Concat(name.Select((c, i) =>
            char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString())))];

    public static string Name(this Rejection reason) => Names[(int)reason];
}
