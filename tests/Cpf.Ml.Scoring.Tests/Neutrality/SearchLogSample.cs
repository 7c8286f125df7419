using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality;

/// <summary>Search logs by hand, as files.</summary>
internal static class SearchLogSample
{
    /// <param name="searches">Rows <c>search_id,searched_at,query,filters,context,family,pair</c>.</param>
    /// <param name="impressions">Rows <c>search_id,offer_id,rank,relevance,is_clicked</c>.</param>
    /// <param name="offers">Rows <c>offer_id,organisation_id,modality,popularity</c>.</param>
    /// <param name="organisations">Rows <c>organisation_id,size</c>.</param>
    public static SearchLog Read(
        IEnumerable<string> searches,
        IEnumerable<string> impressions,
        IEnumerable<string> offers,
        IEnumerable<string> organisations)
    {
        var folder = Directory.CreateTempSubdirectory("cpf-ml-");
        try
        {
            Write(folder.FullName, searches, impressions, offers, organisations);
            return SearchLog.Read(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static void Write(
        string folder,
        IEnumerable<string> searches,
        IEnumerable<string> impressions,
        IEnumerable<string> offers,
        IEnumerable<string> organisations)
    {
        void Table(string name, string header, IEnumerable<string> rows) => File.WriteAllLines(
            Path.Combine(folder, name + ".csv"), rows.Prepend(header));
        Table("searches", "search_id,searched_at,query,filters,context,family,pair", searches);
        Table("impressions", "search_id,offer_id,rank,relevance,is_clicked", impressions);
        Table("offers", "offer_id,organisation_id,modality,popularity", offers);
        Table("organisations", "organisation_id,size", organisations);
    }

    /// <summary>
    /// Questions that each show the offers a, b, … of one tie, all equally relevant, in an order each.
    /// </summary>
    /// <param name="orders">
    /// Of each question; upper case for offers of large organisations, lower case for small ones; a dot ends what is
    /// shown.
    /// </param>
    public static SearchLog OfOrders(params IReadOnlyList<string> orders) => Read(
        orders.Select((_, i) => $"s{i},2026-06-01 10:00:00,q{i:D4},,,,"),
        orders.SelectMany(
            (order, i) => order.Where(char.IsLetter).Select(
                (offer, rank) => string.Create(
                    CultureInfo.InvariantCulture, $"s{i},{offer},{(IsShown(order, offer) ? rank + 1 : "")},1,"))),
        orders.SelectMany(order => order.Where(char.IsLetter)).Distinct().Select(offer => $"{offer},o{offer},,"),
        orders.SelectMany(order => order.Where(char.IsLetter)).Distinct()
            .Select(offer => $"o{offer},{(char.IsUpper(offer) ? "large" : "small")}"));

    private static bool IsShown(string order, char offer) =>
        order.IndexOf('.', StringComparison.Ordinal) is var end
            && (end < 0 || order.IndexOf(offer, StringComparison.Ordinal) < end);

    /// <summary>Searches of sixty questions, of which large organisations come first in a share.</summary>
    /// <param name="biased">Of ten questions.</param>
    public static void WriteBiased(string folder, int biased)
    {
        static string Rotated(string order, int by) => order[(by % order.Length)..] + order[..(by % order.Length)];
        var orders = Enumerable.Range(0, 60).Select(
            i => i % 10 < biased
                ? Rotated("ABCDEFG", i) + Rotated("abcdefg", i)
                : Rotated(i % 2 == 0 ? "AaBbCcDdEeFfGg" : "aAbBcCdDeEfFgG", i / 2)).ToList();
        Write(
            folder, orders.Select((_, i) => $"s{i},2026-06-01 10:00:00,anglais {i},,,,"),
            orders.SelectMany(
                (order, i) => order.Select(
                    (offer, rank) => string.Create(
                        CultureInfo.InvariantCulture,
                        $"s{i},{offer},{rank + 1},1,{(rank < 3 && (i + rank) % 3 == 0 ? "true" : "")}"))),
            orders[0].Select((offer, i) => $"{offer},o{offer},{(i % 2 == 0 ? "onsite" : "remote")},"),
            orders[0].Select(offer => $"o{offer},{(char.IsUpper(offer) ? "large" : "small")}"));
    }

    /// <summary>Of each offer 1 where it is of a large organisation, else 0.</summary>
    public static int[] Large(SearchLog log) =>
        [.. log.Offers.Select(offer => log.Organisations[offer.Organisation].Size == "large" ? 1 : 0)];

    /// <summary>A log as it would be read, of one offer an index that units and searches name.</summary>
    /// <param name="organisations">Offer i is of organisation i modulo as many.</param>
    public static SearchLog InMemory(
        IReadOnlyList<ExposureUnit> units, int organisations, IReadOnlyList<LoggedSearch>? searches = null)
    {
        var offers = units.Select(unit => unit.Offer)
            .Concat((searches ?? []).SelectMany(search => search.Results).Select(shown => shown.Offer))
            .DefaultIfEmpty(-1).Max() + 1;
        var questions = units.Select(unit => unit.Question)
            .Concat((searches ?? []).Select(search => search.Question)).DefaultIfEmpty(-1).Max() + 1;
        return new(
            [.. Enumerable.Range(0, questions).Select(i => new Question($"q{i}", "", 1))],
            [.. Enumerable.Range(0, offers).Select(
                i => new LoggedOffer($"{i}", i % organisations, null, null, null, null, null, null, null, null))],
            [.. Enumerable.Range(0, organisations).Select(i => new LoggedOrganisation($"o{i}", null, null, null))],
            [.. units],
            [.. searches ?? []],
            new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            default);
    }

    /// <summary>A question in which these offers, all equally relevant, were shown once, in this order.</summary>
    public static IEnumerable<ExposureUnit> Tie(int question, IEnumerable<int> order) => order
        .Select((offer, i) => new ExposureUnit(question, -1, 1, offer, 1, 1 / Math.Log2(i + 2), 1, 0))
        .OrderBy(unit => unit.Offer);
}
