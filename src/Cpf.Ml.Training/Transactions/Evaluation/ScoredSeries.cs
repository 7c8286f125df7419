using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>A labelled series with what a detector said of it.</summary>
/// <param name="Series">The truth.</param>
/// <param name="Evidence">Shape (rows); higher is stranger, NaN or −∞ where nothing was said.</param>
/// <param name="PValues">Shape (rows); empty for a detector that publishes none.</param>
/// <param name="Opened">Rows at which an alert opened; empty for a detector without alerts.</param>
internal sealed record ScoredSeries(
    LabelledSeries Series, double[] Evidence, double[] PValues, IReadOnlyList<int> Opened)
{
    /// <summary>Rows of a first week, in which nobody can tell what is usual.</summary>
    private const double HistoryDays = 7;

    /// <summary>Labels begin and end minutes early or late: so near to an event nothing is right or wrong.</summary>
    public const int Tolerance = 30;

    /// <summary>The first row that counts.</summary>
    public int From { get; } = FirstAfter(Series, HistoryDays);

    public double Days => (Series.Points[^1].Timestamp - Series.Points[From].Timestamp) / 86_400_000.0;

    /// <summary>Whether a row lies in an event or near one.</summary>
    public bool[] NearEvent { get; } = Mark(Series);

    private static int FirstAfter(LabelledSeries series, double days)
    {
        for (var i = 0; i < series.Points.Count; i++)
        {
            if (series.Points[i].Timestamp - series.Points[0].Timestamp >= days * 86_400_000)
            {
                return i;
            }
        }

        return series.Points.Count;
    }

    private static bool[] Mark(LabelledSeries series)
    {
        var near = new bool[series.Points.Count];
        foreach (var one in series.Events)
        {
            var first = Math.Max(0, one.First - Tolerance);
            near.AsSpan(first, Math.Min(near.Length, one.Last + Tolerance + 1) - first).Fill(true);
        }

        return near;
    }
}
