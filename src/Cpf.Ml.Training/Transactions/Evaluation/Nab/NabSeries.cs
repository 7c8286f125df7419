namespace Cpf.Ml.Training.Transactions.Evaluation.Nab;

/// <summary>One file of the Numenta benchmark with a detector's scores.</summary>
/// <param name="Name"><c>category/file.csv</c>.</param>
/// <param name="Scores">Shape (rows); any real numbers, higher is more anomalous.</param>
/// <param name="Windows">Labelled windows as row ranges, both ends included, in time order.</param>
internal sealed record NabSeries(string Name, double[] Scores, IReadOnlyList<(int First, int Last)> Windows)
{
    /// <summary>Rows before this one are not scored: 15 % of the file, at most 750.</summary>
    public int Probation => (int)Math.Min(Math.Floor(0.15 * Scores.Length), 0.15 * 5000);
}
