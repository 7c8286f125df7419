using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>A clock that the test moves, and can break: a fault that no part of the service foresees.</summary>
internal sealed class FaultyClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public bool IsBroken { get; set; }

    public override long GetTimestamp() => IsBroken ? throw Fault() : base.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => IsBroken ? throw Fault() : base.GetUtcNow();

    private static InvalidOperationException Fault() => new("the clock is broken");
}
