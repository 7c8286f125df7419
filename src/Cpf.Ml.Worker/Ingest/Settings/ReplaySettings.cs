using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>A file that is played as if its data came in now.</summary>
public sealed class ReplaySettings : IValidated
{
    /// <summary>A <c>.csv</c> of timestamp,value with a header, or an <c>.ndjson</c> of transactions.</summary>
    public string Path { get; init; } = "";

    /// <summary>Name of the series of a CSV; empty means the file's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the values of a CSV are. Default: what rules and names say, as of any metric.</summary>
    public MetricKind? Kind { get; init; }

    /// <summary>For people, for example <c>s</c>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Service of the series of a CSV. Default <c>replay</c>.</summary>
    public string Service { get; init; } = "replay";

    /// <summary>1 as fast as it happened, 60 a minute a second, 0 as fast as possible. Default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// Moves the timestamps so that the end of the file is played when its time has come: never ahead of the clock.
    /// Default false.
    /// </summary>
    public bool ShiftToNow { get; init; }

    /// <summary>Begins again at the end, one step after the last point. Asks for <see cref="ShiftToNow"/> and a speed
    /// above 0. Default false.</summary>
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
