using Cpf.Ml.Worker.Hosting;
using Prometheus;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>Periodic work that counts its failures in a registry of its own.</summary>
internal static class Periodic
{
    public static PeriodicWork On(TimeProvider time) =>
        new(time, Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
}
