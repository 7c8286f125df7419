using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Matching;

/// <summary>Where the model of links between jobs and certifications is.</summary>
public sealed class MatchingSettings : IValidated
{
    /// <summary>Folder that <c>cpf-ml train matching</c> has written (<c>models/matching</c>). Empty, the default:
    /// there is nothing to search.</summary>
    public string Model { get; init; } = "";

    /// <summary>Folder of platform data (<c>docs/platform-data.md</c>) with what is on sale, for prices and supply.
    /// Empty, the default: neither is shown.</summary>
    public string Data { get; init; } = "";

    /// <summary>How often the model is checked for changes. Default one minute.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Validate()
    {
        if (Every < TimeSpan.FromSeconds(1))
        {
            yield return $"Every must be at least a second, was {Every}.";
        }
    }
}
