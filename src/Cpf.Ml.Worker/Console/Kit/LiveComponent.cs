using System.Threading.Channels;
using Cpf.Ml.Worker.Console.Kit.Wording;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Console.Kit;

/// <summary>
/// A component that refreshes its data every few seconds, when the connection returns, and whenever a derived component
/// calls <see cref="Wake"/>, for example on a change that a feed reports.
/// </summary>
public abstract class LiveComponent : ConsoleComponent
{
    /// <summary>Minimum time between two refreshes of one reader, however many changes are reported.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _following = Task.CompletedTask;
    private bool _shown;

    [Inject]
    private TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject]
    private ILogger<LiveComponent> Logger { get; set; } = null!;

    [Inject]
    private ReaderConnection Connection { get; set; } = null!;

    /// <summary>Since when refreshes have failed; null while the data shown are current.</summary>
    protected DateTimeOffset? StaleSince { get; private set; }

    /// <summary>The reader has paused updates.</summary>
    protected bool Paused { get; set; }

    protected virtual TimeSpan Every => TimeSpan.FromSeconds(5);

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Reads the data that are shown; calls do not overlap.</summary>
    protected abstract Task RefreshAsync(CancellationToken cancellationToken);

    protected override void OnInitialized()
    {
        Connection.Back += Wake;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown)
        {
            await TryRefreshAsync();
            return;
        }

        // Nothing is on screen yet: a failure replaces the whole page by the error page.
        await ReadAsync();
        _shown = true;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _following = FollowAsync();
        }
    }

    /// <summary>Requests a refresh. Callable on any thread.</summary>
    protected void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Refreshes; on failure the previous data stay on screen, marked with their age.</summary>
    private protected async Task TryRefreshAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception reason) when (!Gone.IsCancellationRequested)
        {
            StaleSince ??= Now;
            Log.RefreshFailed(Logger, GetType().Name, reason);
        }
    }

    private async Task FollowAsync()
    {
        await using var poll = Clock.CreateTimer(_ => Wake(), null, Every, Every);
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(Gone))
            {
                if (!Paused && Connection.IsUp)
                {
                    await TryRefreshAsync();
                    StateHasChanged();
                    await Task.Delay(MinInterval, Clock, Gone);
                }
            }
        }
        catch (Exception) when (Gone.IsCancellationRequested)
        {
            // The reader left the page.
        }
    }

    private async Task ReadAsync()
    {
        await _reading.WaitAsync(Gone);
        try
        {
            await RefreshAsync(Gone);
            StaleSince = null;
        }
        finally
        {
            _reading.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Connection.Back -= Wake;
        await base.DisposeAsync();
        await _following;
        GC.SuppressFinalize(this);
    }
}
