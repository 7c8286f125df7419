using System.Globalization;
using System.Text;

namespace Cpf.Ml.Worker.Console.Kit.Charts;

/// <summary>How anomalous a cell of time was. The numbers are part of the class names of the style sheet.</summary>
public enum CellLevel
{
    None = 0,
    Calm = 1,
    Unusual = 2,
    Rare = 3,
    Extreme = 4,
}

/// <summary>Draws a row of cells with one path a level, so that thousands of rows stay a small page.</summary>
public static class CellsPicture
{
    public const int Height = 12;

    /// <summary>Marks a cell without data.</summary>
    public const byte NoData = 255;

    /// <param name="score">0–100, or <see cref="NoData"/>.</param>
    public static CellLevel Level(byte score) => score switch
    {
        NoData => CellLevel.None,
        >= 100 => CellLevel.Extreme,
        >= 80 => CellLevel.Rare,
        >= 60 => CellLevel.Unusual,
        _ => CellLevel.Calm,
    };

    /// <summary>One path for each level that occurs; neighbours of one level are one rectangle.</summary>
    public static IEnumerable<(CellLevel Level, string Path)> Paths(byte[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var paths = new StringBuilder?[5];
        for (var start = 0; start < cells.Length;)
        {
            var level = Level(cells[start]);
            var end = start + 1;
            while (end < cells.Length && Level(cells[end]) == level)
            {
                end++;
            }

            Draw(paths[(int)level] ??= new StringBuilder(), level, start, end - start);
            start = end;
        }

        for (var level = 0; level < paths.Length; level++)
        {
            if (paths[level] is { } path)
            {
                yield return ((CellLevel)level, path.ToString());
            }
        }
    }

    private static void Draw(StringBuilder path, CellLevel level, int start, int width)
    {
        // No data is a line through the middle: neither high nor low, and no colour of its own.
        if (level == CellLevel.None)
        {
            path.Append(CultureInfo.InvariantCulture, $"M{start} 6h{width}");
            return;
        }

        var height = level switch { CellLevel.Calm => 2, CellLevel.Unusual => 6, CellLevel.Rare => 9, _ => Height };
        path.Append(CultureInfo.InvariantCulture, $"M{start} {Height}v-{height}h{width}v{height}z");
    }
}
