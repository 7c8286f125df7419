using System.Net;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>The service as a web server.</summary>
public sealed class HostingSettings : IValidated
{
    /// <summary>Longest request body that an endpoint takes unless it says otherwise, in bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>How long a stop may take: running requests, waiting batches, checkpoint, outbox. Default 45 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Networks, as <c>10.0.0.0/8</c>, of reverse proxies whose word on the caller's address and scheme counts. Default: this machine only.</summary>
    public string[] TrustedProxies { get; init; } = [];

    public IEnumerable<string> Validate()
    {
        if (MaxBodyBytes < 1024)
        {
            yield return $"MaxBodyBytes must be at least 1024, was {MaxBodyBytes}.";
        }

        if (StopTimeout < TimeSpan.FromSeconds(1) || StopTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"StopTimeout must be 1 second to 10 minutes, was {StopTimeout}.";
        }

        foreach (var network in TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return $"TrustedProxies must hold networks as 10.0.0.0/8, held \"{network}\".";
        }
    }
}
