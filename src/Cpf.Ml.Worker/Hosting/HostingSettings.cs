using System.Net;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>The service as a web server.</summary>
public sealed class HostingSettings : IValidated
{
    /// <summary>Networks, as <c>10.0.0.0/8</c>, of reverse proxies whose forwarded address and scheme are trusted.
    /// Default: this machine only.</summary>
    public string[] TrustedProxies { get; init; } = [];

    public IEnumerable<string> Validate()
    {
        foreach (var network in TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return $"TrustedProxies must hold networks as 10.0.0.0/8, held \"{network}\".";
        }
    }
}
