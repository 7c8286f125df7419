using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>A file that is replayed as if its data arrived now.</summary>
public sealed class ReplaySettings : IValidated
{
    /// <summary>A <c>.csv</c> of timestamp,value with a header, or an <c>.ndjson</c> of transactions.</summary>
    public string Path { get; init; } = "";

    /// <summary>Name of the series of a CSV; empty means the file's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kind of the values of a CSV. Default: by rules and name, as for any metric.</summary>
    public MetricKind? Kind { get; init; }

    /// <summary>For people, for example <c>s</c>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Service of the series of a CSV. Default <c>replay</c>.</summary>
    public string Service { get; init; } = "replay";

    /// <summary>Replayed seconds a second: 1 is real time, 60 a minute a second, 0 as fast as possible. Default
    /// 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// Shifts the timestamps so that the end of the file is played at its shifted time, never ahead of the clock.
    /// Default false.
    /// </summary>
    public bool ShiftToNow { get; init; }

    /// <summary>Restarts at the end, one step after the last point. Requires <see cref="ShiftToNow"/> and a speed above
    /// 0. Default false.</summary>
    public bool Loop { get; init; }

    public IEnumerable<string> Validate()
    {
        if (!Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            && !Path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"Path must name a .csv or .ndjson file, was \"{Path}\".";
        }
        else if (!File.Exists(Path))
        {
            yield return $"Path names a file that is not there: \"{System.IO.Path.GetFullPath(Path)}\".";
        }

        if (!(Speed is >= 0 and <= 1e6))
        {
            yield return $"Speed must be 0 to 1000000, was {Speed}.";
        }

        if (Loop && (!ShiftToNow || Speed == 0))
        {
            yield return "Loop asks for ShiftToNow and a Speed above 0.";
        }
    }
}
