using System.Collections.Immutable;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Matching.Market;

/// <summary>What the platform sells of a certification, in the twelve months before a day. Figures of too few people
/// are withheld.</summary>
/// <param name="Dossiers">Number of validated orders; null below <see cref="MinDossiers"/>, as prices, hours and
/// remaining cost are.</param>
/// <param name="Price">Quartiles of what a dossier cost, EUR.</param>
/// <param name="Hours">Median length of the offers that were ordered, in hours.</param>
/// <param name="Remaining">Median of what people paid beyond their rights and others' contributions, EUR.</param>
/// <param name="Offers">Number of offers on sale on the day.</param>
/// <param name="RemoteShare">Share of the offers that are remote, in [0, 1].</param>
/// <param name="Organisations">Number of organisations that sell it.</param>
/// <param name="Regions">Number of these organisations with their seat in each region, by its code.</param>
/// <param name="Presented">Number of people who sat the examination; null below <see cref="MinExams"/>, as
/// <paramref name="Success"/> is.</param>
/// <param name="Success">Share of them that passed, in [0, 1].</param>
public sealed record CertificationMarket(
    int? Dossiers, PriceQuartiles? Price, double? Hours, double? Remaining, int Offers, double RemoteShare,
    int Organisations, ImmutableSortedDictionary<string, int> Regions, int? Presented, double? Success)
{
    /// <summary>Figures of fewer dossiers are withheld from funders.</summary>
    public const int MinDossiers = 10;

    /// <summary>Success rates of fewer candidates are withheld: the bound of France Travail's return-to-employment
    /// figures.</summary>
    public const int MinExams = 60;

    /// <summary>Comparable certifications below which a price is not called unusual.</summary>
    private const int MinPeers = 5;

    /// <summary>Reads every certification that is or was on sale, by its code.</summary>
    /// <param name="data">Platform data with offers, purchases, organisations and exams.</param>
    /// <param name="day">The first day that is not counted.</param>
    public static ImmutableDictionary<string, CertificationMarket> Read(PlatformData data, DateOnly day)
    {
        using var stream = typeof(CertificationMarket).Assembly.GetManifestResourceStream("market.sql")!;
        using var text = new StreamReader(stream);
        return data.Connection.Query(
            text.ReadToEnd(),
            row => (Id: row.GetString(0), Market: FromRow(
                (int)row.GetInt64(1),
                row.IsDBNull(3) ? null : new(row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)),
                row.IsDBNull(5) ? null : row.GetDouble(5), row.IsDBNull(6) ? null : row.GetDouble(6),
                (int)row.GetInt64(7), row.GetDouble(8),
                (int)row.GetInt64(9), (int)row.GetInt64(10), (int)row.GetInt64(11), row.GetString(12))),
            ("day", day.ToDateTime(TimeOnly.MinValue))).ToImmutableDictionary(row => row.Id, row => row.Market);
    }

    /// <summary>Whether its median price is beyond the third quartile and one and a half times the spread of comparable
    /// ones (Tukey 1977).</summary>
    /// <param name="peers">Certifications that lead to the same job.</param>
    public bool IsDear(IEnumerable<CertificationMarket> peers)
    {
        var medians = peers.Where(peer => peer != this && peer.Price is not null)
            .Select(peer => peer.Price!.Middle).Order().ToList();
        return Price is { } price && medians.Count >= MinPeers
            && price.Middle > At(medians, 0.75) + (1.5 * (At(medians, 0.75) - At(medians, 0.25)));
    }

    private static double At(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)Math.Floor(position);
        return sorted[below] + ((position - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }

    private static CertificationMarket FromRow(
        int dossiers, PriceQuartiles? price, double? hours,
        double? remaining, int offers, double remote, int organisations, int presented, int passed, string seats)
    {
        var (isShown, isSuccessShown) = (dossiers >= MinDossiers, presented >= MinExams);
        return new(
            isShown ? dossiers : null,
            isShown ? price : null, isShown ? hours : null, isShown ? remaining : null, offers, remote, organisations,
            seats.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(seat =>
                    Region.FindByDepartment(seat[(seat.IndexOf('|', StringComparison.Ordinal) + 1)..])?.Code)
                .OfType<string>().CountBy(code => code)
                .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
            isSuccessShown ? presented : null, isSuccessShown ? passed / (double)presented : null);
    }
}

/// <summary>Quartiles of what dossiers cost, EUR.</summary>
/// <param name="Low">First quartile.</param>
/// <param name="Middle">Median.</param>
/// <param name="High">Third quartile.</param>
public sealed record PriceQuartiles(double Low, double Middle, double High);
