using System.Globalization;
using System.Security.Claims;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Transactions;

internal static class SeriesEndpoints
{
    private static readonly TimeSpan MaxRange = TimeSpan.FromDays(7);
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);

    extension(WebApplication app)
    {
        public void MapSeries()
        {
            var read = app.MapGroup("/api/v1/series").RequireAuthorization(Scopes.Read).WithTags("Series");
            read.MapGet("", List)
                .WithSummary("Watched series with their newest point, by name, in pages of at most 1 000.");
            read.MapGet("{id}", DescribeAsync).WithSummary("What the detector of a series has learnt.");
            read.MapGet("{id}/points", PointsAsync)
                .WithSummary("Scored points of a day, or between two instants at most 7 days apart, oldest first.");
            app.MapPost("/api/v1/series/{id}/new-normal", AcceptAsync)
                .RequireAuthorization(Scopes.Operate).WithTags("Series")
                .WithSummary(
                    "Declare that the present level of the series is normal from now on: its alert closes, and "
                    + "after 15 points that level is the baseline.");
            app.MapPut("/api/v1/series/{id}/important", MarkAsync)
                .RequireAuthorization(Scopes.Operate).WithTags("Series")
                .WithSummary("Mark the series as important: the shape of its last 24 points is compared with earlier "
                    + "ones, which finds a little more and takes 7.5 KB.");
            app.MapDelete("/api/v1/series/{id}/important", UnmarkAsync)
                .RequireAuthorization(Scopes.Operate).WithTags("Series")
                .WithSummary("Remove the mark.");
        }
    }

    private static Ok<SeriesList> List(Estate estate, string? service, int? skip, int? take)
    {
        if (skip < 0)
        {
            throw Refusals.Bad("«\u00a0skip\u00a0» ne peut être négatif.", $"skip must not be negative, was {skip}.");
        }

        if (take is < 1 or > 1000)
        {
            throw Refusals.Bad("«\u00a0take\u00a0» va de 1 à 1000.", $"take must be 1 to 1000, was {take}.");
        }

        var all = estate.Snapshot().Where(series => service is null || series.Series.Service == service)
            .OrderBy(series => series.Series.Identity.Key, StringComparer.Ordinal).ToList();
        return TypedResults.Ok(
            new SeriesList([.. all.Skip(skip ?? 0).Take(take ?? 100).Select(SeriesView.Of)], all.Count));
    }

    private static async Task<Ok<SeriesDetail>> DescribeAsync(
        string id, Estate estate, CancellationToken cancellationToken)
    {
        var number = Parse(id);
        var model = await estate.DescribeAsync(number, cancellationToken);
        return estate.Find(number) is { } status && model is not null
            ? TypedResults.Ok(SeriesDetail.Of(status, model))
            : throw SeriesRefusals.NoSeries(id);
    }

    private static async Task<Ok<IReadOnlyList<PointView>>> PointsAsync(
        string id,
        DateTimeOffset? from, DateTimeOffset? to, Estate estate, TimeProvider time, CancellationToken cancellationToken)
    {
        var number = Parse(id);
        if (estate.Find(number) is null)
        {
            throw SeriesRefusals.NoSeries(id);
        }

        var end = to ?? time.GetUtcNow();
        var begin = from ?? end - DefaultRange;
        if (begin >= end || end - begin > MaxRange)
        {
            throw Refusals.Bad(
                $"«\u00a0from\u00a0» doit précéder «\u00a0to\u00a0» de {MaxRange.Days} jours au plus.",
                $"from must come before to, by {MaxRange.Days} days at most.");
        }

        var points = await estate.HistoryAsync(number, begin, end, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<PointView>>([.. points.Select(PointView.Of)]);
    }

    private static async Task<Ok<NewNormalView>> AcceptAsync(
        string id, NewNormalReason body, ClaimsPrincipal user, NewNormals normals, CancellationToken cancellationToken)
    {
        var normal = await normals.AcceptAsync(Parse(id), body.Reason, Actor.Of(user), cancellationToken);
        return TypedResults.Ok(
            new NewNormalView(id, normal.At, normal.Reason, normal.CreatedBy, SeriesDetector.SettlingPoints));
    }

    private static async Task<NoContent> MarkAsync(
        string id, ClaimsPrincipal user, ImportantSeries important, CancellationToken cancellationToken)
    {
        await important.MarkAsync(Parse(id), important: true, Actor.Of(user), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UnmarkAsync(
        string id, ClaimsPrincipal user, ImportantSeries important, CancellationToken cancellationToken)
    {
        await important.MarkAsync(Parse(id), important: false, Actor.Of(user), cancellationToken);
        return TypedResults.NoContent();
    }

    private static long Parse(string id) =>
        id.Length == 16
            && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? unchecked((long)number)
            : throw SeriesRefusals.BadId(id);
}

/// <param name="Reason">The rationale; at most 500 characters.</param>
internal sealed record NewNormalReason(string Reason);

/// <param name="After">What comes after this point is the new baseline.</param>
/// <param name="SettlesIn">Points until the new level is known.</param>
internal sealed record NewNormalView(string Series, DateTimeOffset After, string Reason, string By, int SettlesIn);

internal sealed record SeriesList(IReadOnlyList<SeriesView> Items, int Total);

/// <param name="WeekProfile">Expected value a local hour of the week, Monday 00 h first, shape (168), in the unit of
/// the series; null where never seen.</param>
/// <param name="Reliability">Observed rate of p-values at or below a nominal one, outside incidents.</param>
/// <param name="SeasonalShare">Share of the variance that hour and day of the week explain, 0 to 1.</param>
/// <param name="CycleSeconds">A shorter period; 0 when there is none.</param>
/// <param name="IsSettling">A new normal was declared, and its level is not known yet.</param>
internal sealed record SeriesDetail(
    SeriesView Series,
    string Model,
    string Configuration,
    long PointsSeen,
    double IntervalSeconds,
    double SeasonalShare,
    double CycleSeconds,
    bool IsSettling,
    IReadOnlyList<double?> WeekProfile,
    IReadOnlyList<ReliabilityView> Reliability)
{
    public static SeriesDetail Of(SeriesStatus status, SeriesModel model) => new(
        SeriesView.Of(status),
        model.Model,
        model.Configuration,
        model.PointsSeen,
        model.Interval.TotalSeconds,
        model.Seasonality.Share,
        model.Seasonality.Cycle.TotalSeconds,
        model.IsSettling,
        [.. model.WeekProfile.Select(SeriesView.Finite)],
        [.. model.Reliability.Select(
            rate => new ReliabilityView(rate.Nominal, SeriesView.Finite(rate.Observed), rate.Count))]);
}

/// <param name="Observed">Share of points; null before any.</param>
/// <param name="Count">Points behind it.</param>
internal sealed record ReliabilityView(double Nominal, double? Observed, long Count);

/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="Key">Metric name and labels.</param>
/// <param name="At">Of the newest point, UTC.</param>
/// <param name="Value">Null when the newest point had none.</param>
/// <param name="Expected">Null while nothing is known.</param>
/// <param name="Score">0–100, see docs/scores.md.</param>
internal sealed record SeriesView(
    string Id,
    string Key,
    Text Name,
    string Service,
    MetricKind Kind,
    string Unit,
    DateTimeOffset At,
    double? Value,
    double? Expected,
    double Score,
    bool IsWarm,
    double ConfidenceWeeks,
    bool HasOpenAlert,
    bool IsImportant)
{
    public static SeriesView Of(SeriesStatus status) => new(
        SeriesIdentity.Hex(status.Series.Identity.Id),
        status.Series.Identity.Key,
        SeriesNames.Of(status.Series),
        status.Series.Service,
        status.Series.Kind,
        status.Series.Unit,
        DateTimeOffset.FromUnixTimeMilliseconds(status.LastTimestamp),
        Finite(status.Value),
        Finite(status.Expected),
        status.Score,
        status.IsWarm,
        status.ConfidenceWeeks,
        status.AlertOpen,
        status.IsImportant);

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A point as it was scored; what is not known is null.</summary>
internal sealed record PointView(
    DateTimeOffset At, double? Value,
    double? Expected, double? Lower99, double? Upper99, double? Lower999, double? Upper999, double Score, bool Flagged)
{
    public static PointView Of(ScoredPoint point) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp),
        SeriesView.Finite(point.Value),
        SeriesView.Finite(point.Expected),
        SeriesView.Finite(point.Lower99),
        SeriesView.Finite(point.Upper99),
        SeriesView.Finite(point.Lower999),
        SeriesView.Finite(point.Upper999),
        point.Score,
        point.Flagged);
}
