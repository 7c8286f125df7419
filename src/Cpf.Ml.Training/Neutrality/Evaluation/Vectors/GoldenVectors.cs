namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Checks golden vectors, each by the measure of the program that its metric names.</summary>
internal static class GoldenVectors
{
    /// <summary>By <see cref="GoldenVector.Metric"/>, the families of vectors one after the other.</summary>
    private static readonly Dictionary<string, Func<GoldenVector, object>> Measures = new(
    [
        .. FairTopKVectors.Measures, .. GroupRankingVectors.Measures, .. DivergenceVectors.Measures,
        .. ExposureVectors.Measures, .. DecompositionVectors.Measures, .. ClickVectors.Measures,
        .. ShareVectors.Measures,
    ]);

    /// <returns>What is wrong with the vector; nothing where it holds; null where no measure of the program is meant,
    /// as for tables that are not there.</returns>
    public static IReadOnlyList<string>? Check(GoldenVector vector)
    {
        if (!Measures.TryGetValue(vector.Metric, out var measure))
        {
            return null;
        }

        try
        {
            return [.. vector.Differences(measure(vector))];
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException
            or FormatException or IOException or IndexOutOfRangeException)
        {
            return [$"its input is not as this measure needs it: {exception.Message}"];
        }
    }
}
