using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Platform;
using Cpf.Ml.Training.Statistics;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Neutrality.Generation;

/// <summary>
/// Searches of an imagined engine and what people click, as the tables of <see cref="SearchLogContract"/>.
/// </summary>
/// <remarks>
/// The engine sorts by relevance; who comes first among equals is drawn anew for every day and question, the same for
/// everybody, each offer with a weight of 1. A penalty makes the weights of a group smaller, by as much as gives the
/// group's equally relevant offers so much less exposure by expectation. People look at a position with chance θ and
/// click what they look at by its relevance (position-based model).
/// </remarks>
internal sealed class SearchWorld
{
    private static readonly string[] Contexts = ["anonymous", "signed-in", "mobile", "jobseeker"];
    private static readonly (string Masculine, string Feminine)[] Jobs =
        [("infirmier", "infirmière"), ("coiffeur", "coiffeuse"), ("développeur", "développeuse"),
            ("technicien", "technicienne"), ("vendeur", "vendeuse"), ("conducteur", "conductrice")];

    private readonly SearchWorldOptions _options;
    private readonly SearchCatalogue _catalogue;
    private readonly double[] _weights;
    private readonly List<Pooled> _pools;

    private readonly Correction? _correction;

    /// <param name="correction">Put behind the engine; null for none.</param>
    public SearchWorld(SearchWorldOptions options, Correction? correction = null)
    {
        (_options, _correction) = (options, correction);
        _catalogue = SearchCatalogue.Generate(options);
        var factors =
            options.Penalties.Select(penalty => (penalty, Factor: PenaltyWeight.Solve(options, penalty.Size))).ToList();
        _weights =
            [.. _catalogue.Offers.Select(
                offer => factors.Where(factor => _catalogue.Is(factor.penalty, offer)).Aggregate(
                Math.Pow(1 + (offer.Popularity ?? 0), options.PopularityPull),
                (weight, factor) => weight * factor.Factor))];
        var random = new Random(options.Seed ^ 0x5eed);
        _pools = [];
        for (var i = 0; i < options.Questions; i++)
        {
            // The feminine of a pair means what the masculine before it means.
            var isFeminine = i % 2 == 1 && i < 2 * options.Pairs;
            var ofRegions = i - (2 * options.Pairs);
            var pool = isFeminine ? Feminine(random, _pools[i - 1], i) : Draw(random, i);
            _pools.Add(ofRegions < 0 || ofRegions >= 2 * options.RegionPairs ? pool : ofRegions % 2 == 0
                ? pool with
                {
                    Filters = "region=11",
                    Family = "region",
                    Pair = string.Create(CultureInfo.InvariantCulture, $"R{ofRegions / 2:D3}")
                }
                : pool with
                {
                    Query = _pools[i - 1].Query,
                    Filters = "region=04",
                    Family = "region",
                    Pair =
                    _pools[i - 1].Pair,
                    Offers = [.. pool.Offers.Where(_ => !random.Chance(options.RegionLack))]
                });
        }
    }

    public DuckDBConnection Write(PlatformWriter writer)
    {
        foreach (var organisation in _catalogue.Organisations)
        {
            writer.Row("organisations")
                .AppendValue(organisation.Id).AppendValue(organisation.Size)
                .AppendValue(organisation.Kind).AppendValue(organisation.EnteredOn).EndRow();
        }

        foreach (var offer in _catalogue.Offers)
        {
            writer.Row("offers").AppendValue(offer.Id)
                .AppendValue(_catalogue.Organisations[offer.Organisation].Id).AppendValue(offer.Modality)
                .AppendValue(offer.Region)
                .AppendValue(offer.Price).AppendValue((long?)offer.Level).AppendValue(offer.Register)
                .AppendValue(offer.IsAccessible).AppendValue(offer.TextLength).AppendValue(offer.Popularity).EndRow();
        }

        var random = new Random(_options.Seed ^ 0x1095);
        for (var i = 0; i < _options.Searches; i++)
        {
            Search(writer, random, i);
        }

        return writer.Finish();
    }

    private void Search(PlatformWriter writer, Random random, int number)
    {
        // Popular questions are asked more often; every one is asked by and by.
        var index = (int)(_options.Questions * Math.Pow(random.NextDouble(), 1.5));
        var (pool, context, day) = (_pools[index], Contexts[random.Next(Contexts.Length)], random.Next(_options.Days));
        var id = string.Create(CultureInfo.InvariantCulture, $"S{number:D7}");
        var at = SearchCatalogue.LastDay.AddDays(-_options.Days + 1 + day)
            .ToDateTime(new TimeOnly(8 + random.Next(12), random.Next(60), random.Next(60)));
        writer.Row("searches").AppendValue(id).AppendValue(at).AppendValue(pool.Query)
            .AppendValue(pool.Filters).AppendValue(context).AppendValue(pool.Family).AppendValue(pool.Pair).EndRow();
        var isForContext = pool.IsProfiled && context == Contexts[^1];
        var order =
            Order(pool, Draws.Mix((ulong)_options.Seed, ((long)pool.Seed * 1000) + day + (isForContext ? 500 : 0)));
        order = _correction is null ? order : Corrected(pool, order, _correction, $"{day} {pool.Query}");
        foreach (var (i, count) in order.Index())
        {
            var offer = pool.Offers[count];
            var isShown = i < _options.Shown;
            var look = Math.Pow(i + 1, -_options.PositionExponent);
            var isClicked = isShown && random.Chance(look * Attraction(offer.Relevance));
            writer.Row("impressions").AppendValue(id).AppendValue(_catalogue.Offers[offer.Offer].Id)
                .AppendValue(isShown ? (long?)(i + 1) : null).AppendValue(offer.Relevance)
                .AppendValue(isShown && _options.KnowsPropensities ? (double?)look : null).AppendValue(isClicked)
                .AppendValue(isClicked && random.Chance(0.2)).EndRow();
            foreach (var (name, value) in offer.Features is { } known ? known.Named : [])
            {
                writer.Row("features").AppendValue(id)
                    .AppendValue(_catalogue.Offers[offer.Offer].Id).AppendValue(name).AppendValue(value).EndRow();
            }
        }
    }

    /// <summary>Chance that a person who looks at it opens it.</summary>
    public static double Attraction(double relevance) => 0.03 + (0.3 * relevance);

    /// <summary>
    /// By relevance; equals in the order of exponential times, which come sooner for larger weights (Plackett–Luce).
    /// </summary>
    private int[] Order(Pooled pool, ulong seed)
    {
        var random = new Random((int)(seed & 0x7fffffff));
        return [.. pool.Offers.Index()
            .Select(offer => (offer.Index, offer.Item.Shown, Time: random.Exponential(1) / _weights[offer.Item.Offer]))
            .OrderByDescending(row => row.Shown).ThenBy(row => row.Time).Select(row => row.Index)];
    }

    private int[] Corrected(Pooled pool, int[] order, Correction correction, string seed)
    {
        var offers = order.Select(index =>
        {
            var (shown, offer) = (pool.Offers[index], _catalogue.Offers[pool.Offers[index].Offer]);
            var audited = new AuditedOffer(
                offer, _catalogue.Organisations[offer.Organisation], SearchCatalogue.LastDay);
            return new RankedOffer(
                offer.Id,
                audited.Organisation.Id,
                shown.Shown,
                shown.Relevance,
                [.. correction.Dimensions.Select(
                    dimension => $"{dimension}={AuditDimension.Named(dimension).GroupOf(audited)}")]);
        }).ToList();
        var ranking = NeutralRanking.Rerank(offers, correction.Ledger, correction.Guards, seed);
        correction.Losses.Add(ranking.Loss);
        return [.. ranking.Order.Select(index => order[index])];
    }

    private Pooled Draw(Random random, int i)
    {
        var sellers = Enumerable.Range(
            _options.Flood > 0 ? 1 : 0, _catalogue.Organisations.Length - (_options.Flood > 0 ? 1 : 0)).ToArray();
        random.Shuffle(sellers);
        var own = _catalogue.Offers.Index().ToLookup(offer => offer.Item.Organisation, offer => offer.Index);
        var flood = own[0].ToArray();
        random.Shuffle(flood);
        var indices = flood.Take(_options.Flood).Concat(sellers.Take(_options.Pool - _options.Flood)
            .Select(seller => own[seller].ElementAt(random.Next(own[seller].Count())))).ToArray();
        var pair = i < 2 * _options.Pairs ? string.Create(CultureInfo.InvariantCulture, $"P{i / 2:D3}") : null;
        var query = pair is null ? string.Create(CultureInfo.InvariantCulture, $"formation {i:D4}")
            : $"{Jobs[i / 2 % Jobs.Length].Masculine} {i / 2 / Jobs.Length}".Replace(
                " 0", "", StringComparison.Ordinal);
        return new(query, null, pair is null ? null : "gender", pair, i, random.Chance(_options.ProfileShare),
            [.. indices.Select(index => Graded(i, index, random.Next(1, _options.Grades + 1)))]);
    }

    private Pooled Feminine(Random random, Pooled masculine, int i)
    {
        var isWorse = random.Chance(_options.GenderShare);
        return masculine with
        {
            Query = $"{Jobs[i / 2 % Jobs.Length].Feminine} {i / 2 / Jobs.Length}".Replace(
                " 0", "", StringComparison.Ordinal),
            Offers = isWorse
                ? [.. masculine.Offers.Select(offer => random.Chance(0.5) ? offer with { Shown = 0 } : offer)]
                : masculine.Offers,
        };
    }

    private PooledOffer Graded(int question, int index, int grade)
    {
        var relevance = grade / (double)_options.Grades;
        if (!_options.HasFeatures)
        {
            return new(index, relevance, relevance);
        }

        var features = SearchFeatures.Draw(
            new Random(HashCode(question, index)), grade, _options.Grades, _catalogue.Offers[index].Popularity ?? 0);
        return new(index, relevance, relevance + (_options.WordsOnly
            * ((features.WordGrade(_options.Grades) / (double)_options.Grades) - relevance)), features);
    }

    private int HashCode(int question, int index) =>
        (int)(Draws.Mix((ulong)_options.Seed, ((long)question << 32) | (uint)index) & 0x7fffffff);

    /// <param name="Dimensions">That exposure is balanced in.</param>
    internal sealed record Correction(ExposureLedger Ledger, CorrectionGuards Guards, IReadOnlyList<string> Dimensions)
    {
        /// <summary>nDCG of each search.</summary>
        public List<double> Losses { get; } = [];
    }

    private sealed record Pooled(
        string Query, string? Filters, string? Family, string? Pair, int Seed, bool IsProfiled, PooledOffer[] Offers);

    /// <param name="Shown">What the engine sorts by.</param>
    private readonly record struct PooledOffer(
        int Offer, double Relevance, double Shown, SearchFeatures? Features = null);
}
