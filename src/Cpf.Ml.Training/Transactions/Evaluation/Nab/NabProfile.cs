namespace Cpf.Ml.Training.Transactions.Evaluation.Nab;

/// <summary>What a benchmark profile pays for.</summary>
/// <param name="Name">As published.</param>
/// <param name="TruePositive">Reward of a window found at its first row.</param>
/// <param name="FalseNegative">Cost of a window missed.</param>
/// <param name="FalsePositive">Cost of a false row.</param>
internal sealed record NabProfile(string Name, double TruePositive, double FalseNegative, double FalsePositive)
{
    public static IReadOnlyList<NabProfile> All { get; } =
        [new("standard", 1, 1, 0.11), new("reward_low_FP", 1, 1, 0.22), new("reward_low_FN", 1, 2, 0.11)];
}
