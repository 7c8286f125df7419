using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>Picture (SVG) of an effect with its interval on the scale of its measure, the tolerance shaded; a title
/// states it in words.</summary>
public static class IntervalBar
{
    private const double Width = 220;
    private const double Height = 32;
    private const double Middle = 11;

    /// <summary>Draws a line of an audit.</summary>
    /// <param name="line">Line of an audit.</param>
    /// <param name="words">Title of the picture, for people who do not see it.</param>
    /// <returns>An SVG element; empty where there is no effect.</returns>
    public static string Svg(AuditLine line, string words)
    {
        if (double.IsNaN(line.Effect))
        {
            return "";
        }

        // What lies beyond the scale ends in an arrow at its edge.
        var limit = line.Measure switch { AuditMeasure.Elasticity => 1.2, AuditMeasure.Distance => 0.25, _ => 0.25 };
        double X(double value) => Width * (Math.Clamp(value, -limit, limit) + limit) / (2 * limit);
        string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
        var colour = line.Verdict switch
        {
            NeutralityVerdict.Biased => "#D55E00",
            NeutralityVerdict.Neutral => "#009E73",
            _ => "#6b6b6b"
        };
        var (low, high, at) = (X(line.Low), X(line.High), X(line.Effect));
        var shape = line.Verdict switch
        {
            NeutralityVerdict.Biased => $"<path d=\"M{N(at)} {N(Middle - 6)}L{N(at + 6)} {N(Middle)}"
                + $"L{N(at)} {N(Middle + 6)}L{N(at - 6)} {N(Middle)}Z\" fill=\"{colour}\"/>",
            NeutralityVerdict.Neutral => $"<circle cx=\"{N(at)}\" cy=\"{N(Middle)}\" r=\"5\" fill=\"{colour}\"/>",
            _ => $"<rect x=\"{N(at - 4)}\" y=\"{N(Middle - 4)}\" width=\"8\" height=\"8\" fill=\"#fff\" "
                + $"stroke=\"{colour}\" stroke-width=\"2\"/>",
        };
        return $"<svg class=\"interval\" role=\"img\" viewBox=\"0 0 {N(Width)} {N(Height)}\" width=\"{N(Width)}\" "
            + $"height=\"{N(Height)}\"><title>{Html.Encode(words)}</title>"
            + $"<rect x=\"{N(X(-line.Tolerance))}\" y=\"0\" width=\"{N(X(line.Tolerance) - X(-line.Tolerance))}\" "
            + $"height=\"{N(2 * Middle)}\" fill=\"#009E73\" fill-opacity=\"0.15\"/>"
            + $"<path d=\"M{N(Width / 2)} 0V{N(2 * Middle)}\" stroke=\"#8a8a8a\" stroke-dasharray=\"2 "
            + $"2\"/><path d=\"M{N(low)} {N(Middle)}H{N(Math.Max(high, low + 1))}\" stroke=\"{colour}\" "
            + $"stroke-width=\"3\"/>{shape}"
            + (line.Low < -limit ? $"<path d=\"M6 {N(Middle - 5)}L0 {N(Middle)}L6 {N(Middle + 5)}\" fill=\"none\" "
                + $"stroke=\"{colour}\" stroke-width=\"2\"/>" : "")
            + (line.High > limit
                ? $"<path d=\"M{N(Width - 6)} {N(Middle - 5)}L{N(Width)} {N(Middle)}L{N(Width - 6)} {N(Middle + 5)}\" "
                    + $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>" : "")
            + $"<g font-size=\"10\" fill=\"#595959\" font-family=\"system-ui,sans-serif\"><text "
            + $"x=\"0\" y=\"{N(Height - 1)}\">{Edge(line, -limit)}</text><text x=\"{N(Width / 2)}\" "
            + $"y=\"{N(Height - 1)}\" text-anchor=\"middle\">0</text><text x=\"{N(Width)}\" y=\"{N(Height - 1)}\" "
            + $"text-anchor=\"end\">{Edge(line, limit)}</text></g></svg>";
    }

    /// <summary>What the end of the scale is worth; the same in both languages.</summary>
    private static string Edge(AuditLine line, double value) => (value > 0 ? "+" : "\u2212")
        + (line.Measure is not (AuditMeasure.Elasticity or AuditMeasure.Distance) ? $"{100 * Math.Abs(value):0}\u00a0%"
            : Math.Abs(value).ToString("0.##", CultureInfo.InvariantCulture));
}
