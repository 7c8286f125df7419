using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Training.Certifications.Learning;
using Cpf.Ml.Training.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>
/// Controls as the queue would have them made: mostly the first, some uncertain, some at random; one result in twenty
/// is wrong.
/// </summary>
internal static class QueueControls
{
    private const double Top = 0.8;
    private const double Uncertain = 0.1;
    private const double Noise = 0.05;

    /// <summary>Share of controls that confirm something of what is a fraud, and of what is none.</summary>
    public static double Confirms(bool isFraud) => isFraud ? 1 - Noise : Noise;

    /// <param name="count">Controls.</param>
    /// <exception cref="InputException">There are too few certifications for so many.</exception>
    public static ControlledExamples Hold(
        CertificationEvidence evidence, Dictionary<string, Truth> truth, int count, int seed)
    {
        var random = new Random(seed);
        var indexes = Enumerable.Range(0, evidence.Peers.IsWarm.Length)
            .Where(index => evidence.Peers.IsWarm[index])
            .ToArray();
        if (2 * Top * count > indexes.Length)
        {
            throw new InputException(Invariant($"--labels {count}: the controlled world has {indexes.Length} ")
                + Invariant($"certifications with enough dossiers, which is enough for ")
                + Invariant($"{(int)(indexes.Length / (2 * Top))} controls."));
        }

        var rows = EvidenceVector.Build(evidence, indexes);
        var order = Enumerable.Range(0, indexes.Length).OrderByDescending(row => rows.Columns[^1][row]).ToArray();
        var (first, uncertain) = ((int)(Top * count), (int)(Uncertain * count));
        var next = order[first..(2 * first)];
        var rest = order[first..];
        random.Shuffle(next);
        random.Shuffle(rest);
        var drawn = rest.Except(next.Take(uncertain)).Take(count - first - uncertain).ToHashSet();
        HashSet<int> controlled = [.. order.Take(first), .. next.Take(uncertain), .. drawn];
        var labels = Enumerable.Range(0, indexes.Length)
            .Select(row => controlled.Contains(row) ? Find(row) : (bool?)null)
            .ToArray();
        return new ControlledExamples(rows, labels, [.. Enumerable.Range(0, indexes.Length).Select(drawn.Contains)]);

        bool? Find(int row)
        {
            var known = truth.GetValueOrDefault(evidence.Peers.Set.Certifications[indexes[row]].Id);
            var isFraud = known is { IsFraud: true } && known.Onset < evidence.Peers.Set.Cutoff;
            return isFraud != random.NextDouble() < Noise;
        }
    }
}
