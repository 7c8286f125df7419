namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// Decompositions of expected exposure into rankings. They are not unique: what must hold is that they sum to their
/// input in few enough parts.
/// </summary>
internal static class DecompositionVectors
{
    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["Birkhoff-von Neumann"] = Birkhoff,
        ["Caratheodory decomposition reconstructs point"] = Caratheodory,
        ["face intersection from point along direction"] = vector =>
            new Expohedron(vector.Numbers("gamma")).Boundary(vector.Numbers("point"), vector.Numbers("direction")),
    };

    private static object Birkhoff(GoldenVector vector)
    {
        double[][] matrix = [.. vector.Input.GetProperty("matrix_times_6").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(cell => cell.GetDouble() / 6).ToArray())];
        var parts = BirkhoffDecomposition.Of(matrix);
        double Sum(int row, int column) =>
            parts.Where(part => part.Columns[row] == column).Sum(part => part.Weight);
        var error = matrix.Index()
            .Max(row => row.Item.Index().Max(cell => Math.Abs(cell.Item - Sum(row.Index, cell.Index))));
        return error <= vector.Tolerance && parts.Length <= 10
            ? new { coefficients = vector.Expected.GetProperty("coefficients") }
            : new { coefficients = $"{parts.Length} parts, off by {error}" };
    }

    private static object Caratheodory(GoldenVector vector)
    {
        var hull = new Expohedron(vector.Numbers("gamma"));
        var (max, allowed) = (0, vector.Expected.GetProperty("max_vertices").GetInt32());
        foreach (var point in vector.Input.GetProperty("points").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray()))
        {
            var parts = hull.Decompose(point);
            var error = point.Index()
                .Max(value => Math.Abs(value.Item - parts.Sum(part => part.Weight * part.Exposures[value.Index])));
            max = Math.Max(max, error <= vector.Tolerance ? parts.Length : int.MaxValue);
        }

        return new { max_vertices = max <= allowed ? allowed : max };
    }
}
