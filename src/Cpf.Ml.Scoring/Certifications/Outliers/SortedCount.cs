namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>How many of the values, sorted in ascending order, lie at a side of a value.</summary>
internal static class SortedCount
{
    public static int Below(ReadOnlySpan<double> sorted, double value) => Place(sorted, value, equalIsBelow: false);

    public static int UpTo(ReadOnlySpan<double> sorted, double value) => Place(sorted, value, equalIsBelow: true);

    private static int Place(ReadOnlySpan<double> sorted, double value, bool equalIsBelow)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value || (equalIsBelow && sorted[middle] == value) ? (middle + 1, high)
                : (low, middle);
        }

        return low;
    }
}
