namespace Cpf.Ml.Worker.Alerts;

/// <summary>How many false alerts a day operators accept over the whole estate. Thread-safe.</summary>
internal sealed class AlertBudget
{
    private double _perDay = 1;

    public double PerDay => Volatile.Read(ref _perDay);
}
