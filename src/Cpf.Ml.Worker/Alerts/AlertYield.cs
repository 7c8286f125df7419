namespace Cpf.Ml.Worker.Alerts;

/// <summary>How many alerts of a period were useful, as far as people judged their incidents.</summary>
/// <param name="Alerts">Alerts that opened in the period.</param>
/// <param name="Useful">Alerts of incidents with the verdict useful.</param>
/// <param name="Noise">Alerts of incidents with the verdict noise.</param>
public sealed record AlertYield(long Alerts, long Useful, long Noise)
{
    /// <summary>
    /// Estimated share of false alerts, in [0, 1]: those that the budget allows over all that opened, 1 when none
    /// opened. This is the false discovery rate as Storey (2002), <i>A direct approach to false discovery rates</i>,
    /// estimates it when every null hypothesis is true. It is valid as far as the budget is kept.
    /// </summary>
    /// <param name="budgetPerDay">Accepted false alerts a day.</param>
    /// <param name="days">Length of the period in days, above 0.</param>
    public double FalseShare(double budgetPerDay, double days) =>
        Alerts == 0 ? 1 : Math.Min(1, budgetPerDay * days / Alerts);

    /// <summary>The budget a day at which <see cref="FalseShare"/> equals a share, if as many alerts open under
    /// it.</summary>
    /// <param name="share">Wanted share of false alerts, in (0, 1].</param>
    /// <param name="days">Length of the period in days, above 0.</param>
    public double BudgetFor(double share, double days) =>
        Math.Max(AlertBudget.Min, Math.Round(share * Alerts / days, 2));
}
