using System.Globalization;
using Cpf.Ml.Worker.Access;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>How many false alerts a day operators accept over the whole estate. Thread-safe; read at every
/// decision.</summary>
internal sealed class AlertBudget(AlertSettings settings, SettingStore store) : IHostedService
{
    /// <summary>One a hundred days.</summary>
    public const double Min = 0.01;

    public const double Max = 1000;

    private const string Setting = "alert-budget";

    private double _perDay = settings.BudgetPerDay;

    public double PerDay => Volatile.Read(ref _perDay);

    public static bool IsValid(double perDay) => perDay is >= Min and <= Max;

    /// <param name="perDay">In [<see cref="Min"/>, <see cref="Max"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that.</exception>
    public async Task SetAsync(double perDay, Actor actor, CancellationToken cancellationToken)
    {
        if (!IsValid(perDay))
        {
            throw new ArgumentOutOfRangeException(
                nameof(perDay), perDay, $"The alert budget lies in [{Min}, {Max}] alerts a day.");
        }

        await store.SaveAsync(Setting, perDay.ToString("R", CultureInfo.InvariantCulture), actor, cancellationToken);
        Volatile.Write(ref _perDay, perDay);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Setting, cancellationToken) is { } saved)
        {
            Volatile.Write(ref _perDay, double.Parse(saved, CultureInfo.InvariantCulture));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
