using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>Self-monitoring of the process and its host.</summary>
public sealed class SelfSettings : IValidated
{
    /// <summary>Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Time between points. Default 15 s.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);

    public IEnumerable<string> Validate()
    {
        if (Every < TimeSpan.FromSeconds(1) || Every > TimeSpan.FromHours(1))
        {
            yield return $"Every must be 1 second to 1 hour, was {Every}.";
        }
    }
}
