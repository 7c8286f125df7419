using Cpf.Ml.Worker.Console.Wording;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Console.Shell;

/// <summary>A piece of the console that reads its data again every few seconds while somebody looks at it.</summary>
public abstract class LiveComponent : ConsoleComponent, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Task _ticking = Task.CompletedTask;

    [Inject]
    private TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject]
    private ILogger<LiveComponent> Log { get; set; } = null!;

    /// <summary>When reading again began to fail; null while what is shown is fresh.</summary>
    protected DateTimeOffset? StaleSince { get; private set; }

    /// <summary>The reader asked that nothing move.</summary>
    protected bool Paused { get; set; }

    protected virtual TimeSpan Every => TimeSpan.FromSeconds(5);

    protected CancellationToken Gone => _gone.Token;

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Reads what is shown.</summary>
    protected abstract Task RefreshAsync(CancellationToken cancellationToken);

    protected override Task OnParametersSetAsync() => RefreshAsync(Gone);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ticking = TickAsync();
        }
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Every, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(Gone))
            {
                if (!Paused)
                {
                    await TryRefreshAsync();
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader left the page.
        }
    }

    private async Task TryRefreshAsync()
    {
        try
        {
            await RefreshAsync(Gone);
            StaleSince = null;
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            // What was read before stays on screen, marked with its age; the next tick tries again.
            StaleSince ??= Now;
            ConsoleLog.RefreshFailed(Log, GetType().Name, reason);
        }
    }

    /// <summary>The reader goes elsewhere.</summary>
    protected virtual void Leave()
    {
    }

    public async ValueTask DisposeAsync()
    {
        Leave();
        await _gone.CancelAsync();
        await _ticking;
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
