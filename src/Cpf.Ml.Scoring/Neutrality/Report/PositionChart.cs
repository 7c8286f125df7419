using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Neutrality.Clicks;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>Picture (SVG) of position bias by rank, with its intervals.</summary>
internal static class PositionChart
{
    private const int Width = 640;
    private const int Height = 220;
    private const int Left = 44;
    private const int Bottom = 30;
    private const int Top = 12;

    public static string Svg(IReadOnlyList<PositionEstimate> positions, string title)
    {
        var (last, max) = (positions.Max(position => position.Rank),
            Math.Clamp(positions.Max(position => position.High), 1, 2));
        string X(double rank) =>
            (Left + ((Width - Left - 10) * (rank - 0.5) / last)).ToString("0.#", CultureInfo.InvariantCulture);
        string Y(double value) => (Top + ((Height - Top - Bottom) * (1 - (Math.Min(value, max) / max))))
            .ToString("0.#", CultureInfo.InvariantCulture);
        var svg = new StringBuilder($"<svg role=\"img\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" "
            + $"height=\"{Height}\" font-family=\"system-ui,sans-serif\" font-size=\"12\"><title>{title}</title>");
        for (var tick = 0.0; tick <= max + 1e-9; tick += 0.25)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{Left} {Y(tick)}H{Width - 10}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Y(tick)}\" "
                    + $"dy=\"4\" text-anchor=\"end\" fill=\"#444\">{tick:0.##}</text>");
        }

        foreach (var position in positions)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<path d=\"M{X(position.Rank)} {Y(position.Low)}V{Y(position.High)}\" stroke=\"#0072B2\" "
                    + $"stroke-width=\"2\"/><circle "
                    + $"cx=\"{X(position.Rank)}\" cy=\"{Y(position.Theta)}\" r=\"4\" fill=\"#0072B2\"/><text "
                    + $"x=\"{X(position.Rank)}\" "
                    + $"y=\"{Height - 10}\" text-anchor=\"middle\" fill=\"#444\">{position.Rank}</text>");
        }

        return svg.Append("</svg>").ToString();
    }
}
