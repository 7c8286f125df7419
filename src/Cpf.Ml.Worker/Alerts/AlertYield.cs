namespace Cpf.Ml.Worker.Alerts;

/// <summary>What alerts were worth over some time.</summary>
/// <param name="Alerts">That opened.</param>
/// <param name="Useful">Those of incidents that people found useful.</param>
/// <param name="Noise">Those of incidents that people called noise.</param>
public sealed record AlertYield(long Alerts, long Useful, long Noise)
{
    /// <summary>
    /// About which share of the alerts chance accounts for: false ones that the budget lets through, over all that
    /// opened; in [0, 1]. The false discovery rate, as Storey (2002), <i>A direct approach to false discovery
    /// rates</i>, estimates it with all null. It holds as far as the budget is kept.
    /// </summary>
    /// <param name="budgetPerDay">False alerts a day.</param>
    /// <param name="days">Watched, over which the alerts were counted; above 0.</param>
    public double FalseShare(double budgetPerDay, double days) =>
        Alerts == 0 ? 1 : Math.Min(1, budgetPerDay * days / Alerts);

    /// <summary>The budget a day that keeps <see cref="FalseShare"/> at a share, as far as as many alerts open under
    /// it.</summary>
    public double BudgetFor(double share, double days) =>
        Math.Max(AlertBudget.Min, Math.Round(share * Alerts / days, 2));
}
