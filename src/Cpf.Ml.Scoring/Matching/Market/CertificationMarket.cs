using System.Collections.Immutable;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Matching.Market;

/// <summary>What the platform sells of a certification, in the twelve months before a day. What is of too few people is
/// not told.</summary>
/// <param name="Dossiers">Validated orders; null below <see cref="FewestDossiers"/>, as prices, hours and remaining
/// cost are.</param>
/// <param name="Price">First quartile, median and third quartile of what a dossier cost, EUR.</param>
/// <param name="Hours">Median of the offers that were ordered.</param>
/// <param name="Remaining">Median of what people paid beyond their rights and others' help, EUR.</param>
/// <param name="Offers">On sale on the day.</param>
/// <param name="RemoteShare">Of the offers, those at a distance; in [0, 1].</param>
/// <param name="Organisations">That sell it.</param>
/// <param name="Regions">Of them, how many have their seat in each region, by its code.</param>
/// <param name="Presented">People who sat the examination; null below <see cref="FewestExams"/>, as
/// <paramref name="Success"/> is.</param>
/// <param name="Success">Share of them that passed.</param>
public sealed record CertificationMarket(
    int? Dossiers, PriceQuartiles? Price, double? Hours, double? Remaining, int Offers, double RemoteShare,
    int Organisations, ImmutableSortedDictionary<string, int> Regions, int? Presented, double? Success)
{
    /// <summary>Of fewer people nothing is told to funders.</summary>
    public const int FewestDossiers = 10;

    /// <summary>The bound of France Travail's return-to-employment figures, taken over.</summary>
    public const int FewestExams = 60;

    /// <summary>Comparable certifications below which a price is not called unusual.</summary>
    private const int FewestPeers = 5;

    /// <summary>Of every certification that is or was on sale, by its code.</summary>
    /// <param name="day">The first that is not looked at.</param>
    public static ImmutableDictionary<string, CertificationMarket> Read(PlatformData data, DateOnly day)
    {
        using var stream = typeof(CertificationMarket).Assembly.GetManifestResourceStream("market.sql")!;
        using var text = new StreamReader(stream);
        return data.Connection.Query(
            text.ReadToEnd(),
            row => (Id: row.GetString(0), Market: Of(
                (int)row.GetInt64(1),
                row.IsDBNull(3) ? null : new(row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)),
                row.IsDBNull(5) ? null : row.GetDouble(5), row.IsDBNull(6) ? null : row.GetDouble(6),
                (int)row.GetInt64(7), row.GetDouble(8),
                (int)row.GetInt64(9), (int)row.GetInt64(10), (int)row.GetInt64(11), row.GetString(12))),
            ("day", day.ToDateTime(TimeOnly.MinValue))).ToImmutableDictionary(one => one.Id, one => one.Market);
    }

    /// <summary>Whether its median price is beyond the third quartile and one and a half times the spread of comparable
    /// ones (Tukey 1977).</summary>
    /// <param name="peers">Certifications that lead to the same job.</param>
    public bool IsDear(IEnumerable<CertificationMarket> peers)
    {
        var medians = peers.Where(peer => peer != this && peer.Price is not null)
            .Select(peer => peer.Price!.Middle).Order().ToList();
        return Price is { } price && medians.Count >= FewestPeers
            && price.Middle > At(medians, 0.75) + (1.5 * (At(medians, 0.75) - At(medians, 0.25)));
    }

    private static double At(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }

    private static CertificationMarket Of(
        int dossiers, PriceQuartiles? price, double? hours,
        double? remaining, int offers, double remote, int organisations, int presented, int passed, string places)
    {
        var (isTold, isExamTold) = (dossiers >= FewestDossiers, presented >= FewestExams);
        return new(
            isTold ? dossiers : null,
            isTold ? price : null, isTold ? hours : null, isTold ? remaining : null, offers, remote, organisations,
            places.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(place => Region.OfDepartment(place[(place.IndexOf('|', StringComparison.Ordinal) + 1)..])?.Code)
                .OfType<string>().CountBy(code => code)
                .ToImmutableSortedDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal),
            isExamTold ? presented : null, isExamTold ? passed / (double)presented : null);
    }
}

/// <summary>Of what dossiers cost, EUR.</summary>
public sealed record PriceQuartiles(double Low, double Middle, double High);
