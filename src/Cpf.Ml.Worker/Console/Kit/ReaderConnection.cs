using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Cpf.Ml.Worker.Console.Kit;

/// <summary>Whether the reader's browser is connected. A page whose browser is gone is kept for some minutes and reads
/// nothing meanwhile.</summary>
internal sealed class ReaderConnection : CircuitHandler
{
    private volatile bool _isUp = true;

    /// <summary>Raised on any thread when the browser has reconnected.</summary>
    public event Action? Back;

    public bool IsUp => _isUp;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _isUp = true;
        Back?.Invoke();
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _isUp = false;
        return Task.CompletedTask;
    }
}
