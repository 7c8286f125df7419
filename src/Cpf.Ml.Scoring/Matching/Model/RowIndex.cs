namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>Cosines of a row with all rows of a set, by the features that they share.</summary>
internal sealed class RowIndex
{
    private readonly List<(int Row, float Value)>[] _postings;
    private readonly int _rows;

    public RowIndex(IReadOnlyList<SparseRow> rows, int features)
    {
        _rows = rows.Count;
        _postings = new List<(int, float)>[features];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 0; i < rows[row].Places.Length; i++)
            {
                (_postings[rows[row].Places[i]] ??= []).Add((row, rows[row].Values[i]));
            }
        }
    }

    /// <returns>One a row of the set.</returns>
    public float[] Cosines(SparseRow row)
    {
        var cosines = new float[_rows];
        for (var i = 0; i < row.Places.Length; i++)
        {
            var value = row.Values[i];
            foreach (var (other, weight) in _postings[row.Places[i]] ?? [])
            {
                cosines[other] += value * weight;
            }
        }

        return cosines;
    }

    /// <summary>The rows with the highest cosines above 0, the nearest first.</summary>
    public static IReadOnlyList<(int Row, float Cosine)> Nearest(float[] cosines, int count)
    {
        var nearest = new PriorityQueue<int, (float, int)>();
        for (var row = 0; row < cosines.Length; row++)
        {
            if (cosines[row] > 0)
            {
                nearest.Enqueue(row, (cosines[row], -row));
                if (nearest.Count > count)
                {
                    nearest.Dequeue();
                }
            }
        }

        var rows = new (int, float)[nearest.Count];
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            var row = nearest.Dequeue();
            rows[i] = (row, cosines[row]);
        }

        return rows;
    }
}
