using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>A labelled series with the output of a detector.</summary>
/// <param name="Series">The series with its labels.</param>
/// <param name="Evidence">Shape (rows); higher is more anomalous, NaN or −∞ where there is none.</param>
/// <param name="PValues">Shape (rows); empty for a detector that publishes none.</param>
/// <param name="Opened">Rows at which an alert opened; empty for a detector without alerts.</param>
internal sealed record ScoredSeries(
    LabelledSeries Series, double[] Evidence, double[] PValues, IReadOnlyList<int> Opened)
{
    /// <summary>Days at the start that are not scored, because no baseline can be known yet.</summary>
    private const double HistoryDays = 7;

    /// <summary>Rows around an event that count neither as true nor as false, because labels are minutes off.</summary>
    public const int Tolerance = 30;

    /// <summary>The first row that is scored.</summary>
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
        foreach (var e in series.Events)
        {
            var first = Math.Max(0, e.First - Tolerance);
            near.AsSpan(first, Math.Min(near.Length, e.Last + Tolerance + 1) - first).Fill(true);
        }

        return near;
    }
}
