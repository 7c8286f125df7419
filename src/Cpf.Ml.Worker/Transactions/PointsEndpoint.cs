using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

internal static class PointsEndpoint
{
    private static readonly TimeSpan MaxRange = TimeSpan.FromDays(400);

    extension(WebApplication app)
    {
        /// <summary>What a chart shows, point by point, for a spreadsheet.</summary>
        public IEndpointConventionBuilder MapPointsFile() => app.MapGet("/series/{id}/points.csv", async (
            string id, long from, long to, string? language, Estate estate, CancellationToken cancellationToken) =>
        {
            if (!SeriesIdentity.TryReadHex(id, out var series) || estate.Find(series) is not { } status)
            {
                return Results.Problem(
                    $"No watched series has the id '{id}'.", statusCode: StatusCodes.Status404NotFound);
            }

            if (from >= to || to - from > MaxRange.TotalMilliseconds
                || Math.Abs(from) > 253_402_300_799_000 || Math.Abs(to) > 253_402_300_799_000)
            {
                return Results.Problem("from must be before to, at most 400 days, both Unix milliseconds.",
                    statusCode: StatusCodes.Status400BadRequest);
            }

            var points = await estate.HistoryAsync(
                series, DateTimeOffset.FromUnixTimeMilliseconds(from),
                DateTimeOffset.FromUnixTimeMilliseconds(to), cancellationToken);
            var name = string.Concat(status.Series.Identity.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
            return Results.File(
                Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(points, language != "en"))).ToArray(),
                "text/csv; charset=utf-8", $"{name}.csv");
        }).ExcludeFromDescription();
    }

    /// <summary>Semicolons and decimal commas for a French spreadsheet, commas and points for an English one.</summary>
    internal static string Write(IReadOnlyList<ScoredPoint> points, bool french)
    {
        var culture = french ? CultureInfo.GetCultureInfo("fr-FR") : CultureInfo.InvariantCulture;
        var separator = french ? ';' : ',';
        var text = new StringBuilder();
        text.AppendJoin(separator, "timestamp_utc",
            "value", "expected", "lower99", "upper99", "lower999", "upper999", "score", "flagged").Append("\r\n");
        foreach (var point in points)
        {
            var values = new[] { point.Value,
                point.Expected, point.Lower99, point.Upper99, point.Lower999, point.Upper999, point.Score };
            text.Append(DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            foreach (var value in values)
            {
                // An empty field is a missing value to every spreadsheet; NaN is a word.
                text.Append(separator).Append(float.IsNaN(value) ? "" : value.ToString("G7", culture));
            }

            text.Append(separator).Append(point.Flagged ? '1' : '0').Append("\r\n");
        }

        return text.ToString();
    }
}
