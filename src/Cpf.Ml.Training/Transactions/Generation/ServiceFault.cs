namespace Cpf.Ml.Training.Transactions.Generation;

/// <summary>
/// A fault that is put into a metric: what it multiplies the curve and the noise by, minute after minute.
/// </summary>
/// <param name="Name">For the report.</param>
/// <param name="MinLength">Minimum duration in minutes.</param>
/// <param name="MaxLength">Maximum duration in minutes.</param>
/// <param name="Factor">By the share of the fault that is over, and its size in deviations of the noise times the
/// noise.</param>
/// <param name="Spread">What the noise is multiplied by, from the size in deviations; null for 1.</param>
/// <param name="Stuck">The last value before the fault is repeated.</param>
internal sealed record ServiceFault(
    string Name, int MinLength,
    int MaxLength, Func<double, double, double> Factor, Func<double, double>? Spread = null, bool Stuck = false)
{
    /// <summary>Every kind is as likely as any other: which ones a platform has is not known.</summary>
    public static IReadOnlyList<ServiceFault> All { get; } =
    [
        new("spike", 2, 8, (_, size) => 1 + size),
        new("level-up", 20, 240, (_, size) => 1 + size),
        new("level-down", 20, 240, (_, size) => Math.Max(0.02, 1 - size)),
        new("ramp", 30, 240, (done, size) => 1 + (1.5 * size * done)),
        new("outage", 3, 60, (_, _) => 0),
        new("unsteady", 30, 120, (_, _) => 1, deviations => 1 + (deviations / 2)),
        new("stuck", 30, 120, (_, _) => 1, Stuck: true),
    ];

    /// <summary>Those that make more errors.</summary>
    public static IReadOnlyList<ServiceFault> OfErrorRates { get; } =
        [.. All.Where(fault => fault.Name is "spike" or "level-up" or "ramp")];
}
