using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Tests everything that a search log allows to test, and gives each test its verdict.</summary>
public sealed class NeutralityAudit
{
    private const string Context = "context";

    /// <summary>With fewer groups the variance between groups cannot be estimated.</summary>
    private const int MinGroupsToShrink = 6;

    private readonly SearchLog _log;
    private readonly AuditSettings _settings;
    private readonly ExposureStrata _strata;
    private readonly List<Tested> _tested = [];

    private NeutralityAudit(SearchLog log, AuditSettings settings) =>
        (_log, _settings, _strata) = (log, settings, ExposureStrata.Build(log));

    /// <summary>Runs all tests; p-values are adjusted over them.</summary>
    /// <param name="log">The search log.</param>
    /// <param name="settings">Tolerances and minimum counts.</param>
    public static ImmutableArray<AuditLine> Run(SearchLog log, AuditSettings settings)
    {
        var audit = new NeutralityAudit(log, settings);
        audit.Dimensions();
        audit.Slopes();
        audit.Organisations();
        audit.Distances();
        audit.Answers();
        return audit.Explain(audit.ToLines());
    }

    private void Dimensions()
    {
        foreach (var dimension in AuditDimension.All)
        {
            var groups = _log.Offers.Select(offer => offer.Organisation < 0 ? null
                : dimension.GroupOf(new(offer, _log.Organisations[offer.Organisation], _log.LastDay))).ToArray();
            var names = groups.OfType<string>().CountBy(group => group).OrderBy(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key).ToList();
            if (names.Count < 2)
            {
                _tested.Add(
                    Tested.Without(dimension.Id, dimension.Name, "", default, AuditMeasure.Exposure, names.Count == 0
                    ? new("Le journal ne dit pas ce que sont les offres.", "The log does not say what offers are.")
                    : new("Toutes les offres sont du même groupe.", "All offers are of the same group.")));
            }

            // Of two groups one implies the other.
            foreach (var name in names.Count == 2 ? names.Take(1) : names.Count < 2 ? [] : names)
            {
                Exposure(dimension.Id, dimension.Name, name, dimension.WordsOf(name),
                    [.. groups.Select(group => group is null ? -1 : group == name ? 1 : 0)], byOrganisation: true);
            }
        }
    }

    private void Organisations()
    {
        var opportunities = new long[_log.Organisations.Length];
        foreach (var unit in _log.Units)
        {
            opportunities[_log.Offers[unit.Offer].Organisation] += unit.Opportunities;
        }

        foreach (var index in opportunities.Index()
            .Where(opportunity => opportunity.Item > 0).OrderByDescending(opportunity => opportunity.Item)
            .ThenBy(opportunity => opportunity.Index)
            .Take(_settings.MaxOrganisations).Select(opportunity => opportunity.Index))
        {
            var id = _log.Organisations[index].Id;
            Exposure("organisation", new("Organisme", "Organisation"), id, new(id, id),
                [.. _log.Offers.Select(offer => offer.Organisation == index ? 1 : 0)], byOrganisation: false);
        }
    }

    private void Exposure(string dimension, Text name, string group, Text groupName, int[] groupOf, bool byOrganisation)
    {
        if (ExposureParity.Estimate(_strata, groupOf, byOrganisation) is not { } parity)
        {
            _tested.Add(Tested.Without(dimension, name, group, groupName, AuditMeasure.Exposure,
                new("Aucune offre du groupe n'a été montrée, ou pu l'être, à côté d'une autre de même pertinence.",
                    "No "
                    + "offer of the group was shown, or could have been, beside an equally relevant one of another.")));
            return;
        }

        var few = Math.Min(parity.Organisations, parity.Others) < _settings.MinOrganisations && byOrganisation;
        _tested.Add(new(
            dimension,
            name, group, groupName, AuditMeasure.Exposure, parity.Ratio, Math.Exp, -Math.Log(1 - _settings.Tolerance),
            Math.Max(parity.Ratio.P, parity.PermutationP), parity.Bootstrap, parity.Opportunities, parity.Questions,
            parity.Organisations,
            few ? new($"{Math.Min(parity.Organisations, parity.Others)} organismes d'un côté : il en "
                + $"faut {_settings.MinOrganisations} pour parler de leur groupe.",
                $"{Math.Min(parity.Organisations, parity.Others)} organisations on one side: it "
                    + $"takes {_settings.MinOrganisations} to speak of their group.") : null,
            parity.Leading)
        {
            GroupOf = byOrganisation ? groupOf : null,
        });
    }

    private void Slopes()
    {
        double? Log(double? value) => value is { } known ? Math.Log2(1 + known) : null;
        Slope("volume", new("Nombre d'offres d'un organisme (inondation)",
            "Number of an organisation's offers (flooding)"),
            AuditMeasure.Elasticity, ExposureSlope.EstimateVolume(_strata),
            new("Aucun organisme n'a plus d'offres que les autres à pertinence égale.",
                "No organisation has more offers than others at equal relevance."));
        Slope("popularity", new("Popularité passée", "Past popularity"),
            AuditMeasure.Doubling, ExposureSlope.Estimate(_strata, offer => Log(_log.Offers[offer].Popularity)),
            new("Le journal ne dit pas la popularité des offres.", "The log does not say how popular offers are."));
        Slope("text", new("Longueur du texte", "Length of the text"),
            AuditMeasure.Doubling, ExposureSlope.Estimate(_strata, offer => Log(_log.Offers[offer].TextLength)),
            new("Le journal ne dit pas la longueur des textes.", "The log does not say how long texts are."));
    }

    private void Slope(string id, Text name, AuditMeasure measure, ExposureSlope? slope, Text none) =>
        _tested.Add(slope is null
        ? Tested.Without(id, name, "", default, measure, none)
        : new(
            id, name, "", default, measure, slope.Slope,
            measure == AuditMeasure.Elasticity ? value => 1 + value : Math.Exp, measure == AuditMeasure.Elasticity
                ? _settings.Tolerance : -Math.Log(1 - _settings.Tolerance), slope.Slope.P, null,
            slope.Opportunities, slope.Questions, slope.Organisations, null, slope.Leading));

    private void Distances()
    {
        Distance(Context, new("Contexte de la personne", "The person's context"), RankingDistance.BetweenContexts(_log),
            new("Aucune question n'a été posée le même jour dans deux contextes et deux fois dans le même : on ne peut "
                + "pas séparer le contexte du hasard.", "No question was asked on one day in two contexts and twice in "
                    + "one: context cannot be told from chance."));
        foreach (var family in _log.Searches.Select(search => search.Family)
            .OfType<string>().Distinct().Where(family => family != AnswerQuality.Family).Order(StringComparer.Ordinal))
        {
            Distance(
                $"pair-{family}", FamilyName(family), RankingDistance.BetweenPairs(_log, family), new("Les deux formes "
                + "n'ont pas été demandées le même jour, ni une forme deux fois : on ne peut pas les comparer.",
                "The two forms were not asked on one day, nor one form twice: they cannot be compared."));
        }
    }

    private void Distance(string id, Text name, RankingDistance? distance, Text none) => _tested.Add(distance is null
        ? Tested.Without(id, name, "", default, AuditMeasure.Distance, none)
        : new(id, name, "", default, AuditMeasure.Distance, distance.Excess, value => 1 + value,
            id == Context ? _settings.ContextTolerance : _settings.FormTolerance, distance.Excess.P, null,
            distance.Compared, distance.Units, 0, null, [.. distance.Leading])
        { Unanswered = distance.Unanswered });

    private void Answers()
    {
        var found = AnswerQuality.Compare(_log).ToList();
        if (found.Count == 0 && _log.Searches.Any(search => search.Family == AnswerQuality.Family))
        {
            _tested.Add(Tested.Without("answers-offers", AnswersName("offers"), "", default, AuditMeasure.Answers,
                new("Les filtres des deux recherches d'une paire ne disent pas la région (region=11).",
                    "The filters of the two searches of a pair do not say the region (region=11).")));
        }

        foreach (var quality in found)
        {
            var isShare = quality.Measure == AnswerQuality.Remote;
            _tested.Add(new(
                $"answers-{quality.Measure}", AnswersName(quality.Measure),
                quality.Region,
                AuditDimension.Named(quality.Region == "overseas" ? "overseas" : "region").WordsOf(quality.Region),
                isShare ? AuditMeasure.Share : AuditMeasure.Answers, quality.Value,
                isShare ? value => 1 + value : Math.Exp,
                isShare ? _settings.Tolerance : -Math.Log(1 - _settings.Tolerance),
                quality.Value.P, null, quality.Searches, quality.Pairs, 0, null, quality.Leading));
        }
    }

    private static Text AnswersName(string measure) => measure switch
    {
        "offers" => new("Nombre d'offres selon la région demandée", "Number of offers by the region asked for"),
        "relevance" =>
            new("Pertinence des réponses selon la région demandée", "Relevance of answers by the region asked for"),
        "distance" => new("Distance des offres selon la région demandée", "Distance of offers by the region asked for"),
        _ => new("Part à distance selon la région demandée", "Share of remote offers by the region asked for"),
    };

    private static Text FamilyName(string family) => family switch
    {
        "gender" => new("Féminin et masculin d'un métier", "Feminine and masculine of a job"),
        "accent" => new("Avec et sans accents", "With and without accents"),
        "case" => new("Majuscules et minuscules", "Upper and lower case"),
        "plural" => new("Singulier et pluriel", "Singular and plural"),
        "typo" => new("Avec une faute de frappe", "With a typing error"),
        "synonym" => new("Synonymes", "Synonyms"),
        _ => new(family, family),
    };

    private ImmutableArray<AuditLine> ToLines()
    {
        var able =
            _tested.Where(tested => tested.Reason is null && tested.Questions >= _settings.MinQuestions).ToList();
        var adjusted = able.Zip(MultipleTests.BenjaminiHochberg([.. able.Select(tested => tested.P)])).ToDictionary();
        var equivalent =
            able.Zip(MultipleTests.BenjaminiHochberg(
                [.. able.Select(tested => tested.Value.EquivalenceP(tested.Tolerance))]))
                .ToDictionary();
        var shrunk = _tested.Where(tested => tested.GroupOf is not null && tested.Value.StandardError > 0)
            .GroupBy(tested => tested.Dimension).Where(groups => groups.Count() >= MinGroupsToShrink)
            .SelectMany(groups => groups.Zip(
                Shrinkage.Estimate([.. groups.Select(group => (group.Value.Value, group.Value.StandardError))])))
                .ToDictionary();
        return [.. _tested.Select(tested => tested.ToLine(adjusted.GetValueOrDefault(tested, double.NaN),
            equivalent.GetValueOrDefault(tested, double.NaN), _settings, _log.Questions)
            with { Shrunk = shrunk.TryGetValue(tested, out var drawn) ? Math.Exp(drawn) - 1 : double.NaN })];
    }

    private ImmutableArray<AuditLine> Explain(ImmutableArray<AuditLine> lines)
    {
        var biased = lines.Zip(_tested, (line, tested) => (Line: line, tested.GroupOf))
            .Where(pair => pair.Line.Verdict == NeutralityVerdict.Biased && pair.GroupOf is not null)
            .Select(pair => (pair.Line, GroupOf: pair.GroupOf!)).ToList();
        var found = biased.ToDictionary(row => row.Line.Key, row => GapExplanations.Find(
            _strata, row.Line, row.GroupOf, biased.Where(other => other.Line.Key != row.Line.Key)));
        return [.. lines.Select(line => found.TryGetValue(line.Key, out var explanations)
            ? line with { Explanations = explanations } : line)];
    }

    /// <summary>A line before its p-values are adjusted. <c>ToRatio</c> leads from the scale of the estimate to one
    /// where 1 is neutral; <c>Tolerance</c> is on the scale of the estimate.</summary>
    private sealed record Tested(
        string Dimension,
        Text Name, string Group, Text GroupName, AuditMeasure Measure, Estimate Value, Func<double, double> ToRatio,
        double Tolerance, double P, (double Low, double High)? Bootstrap, long Opportunities, int Questions,
        int Organisations, Text? Reason, ImmutableArray<int> Leading)
    {
        public int Unanswered { get; init; }

        /// <summary>Of a group's line, which offers are its own; null for others.</summary>
        public int[]? GroupOf { get; init; }

        public static Tested Without(
            string dimension, Text name, string group, Text groupName, AuditMeasure measure, Text reason) =>
            new(dimension, name, group, groupName,
                measure, new(double.NaN, double.NaN, 1), value => value, 0, double.NaN, null, 0, 0, 0, reason, []);

        public AuditLine ToLine(
            double adjusted, double equivalence, AuditSettings settings, ImmutableArray<Question> questions)
        {
            var tolerance = Measure == AuditMeasure.Distance ? Tolerance : settings.Tolerance;
            var reason = Reason ?? (Questions < settings.MinQuestions
                ? new Text($"{Questions} questions où comparer : il en faut {settings.MinQuestions}.",
                    $"{Questions} questions to compare in: it takes {settings.MinQuestions}.")
                : (Text?)null);
            var effect = ToRatio(Value.Value) - 1;
            var verdict = reason is not null ? NeutralityVerdict.Inconclusive
                : adjusted <= settings.Level && Math.Abs(effect) > tolerance ? NeutralityVerdict.Biased
                : equivalence <= settings.Level ? NeutralityVerdict.Neutral
                : NeutralityVerdict.Inconclusive;
            if (double.IsNaN(Value.Value))
            {
                return new(Dimension, Name, Group, GroupName, Measure, double.NaN, double.NaN, double.NaN,
                    double.NaN, double.NaN, double.NaN, double.NaN, tolerance, 0, 0, 0, verdict, null, reason, []);
            }

            var (low, high) = Value.Interval(0.95);
            var (min, max) = Bootstrap is { } drawn && !double.IsNaN(drawn.Low) ? (Math.Min(ToRatio(low), drawn.Low),
                Math.Max(ToRatio(high), drawn.High)) : (ToRatio(low), ToRatio(high));
            return new(
                Dimension, Name, Group, GroupName, Measure, effect, min - 1, max - 1, P, adjusted,
                equivalence, ToRatio(Value.Detectable) - 1, tolerance, Opportunities, Questions, Organisations, verdict,
                verdict == NeutralityVerdict.Inconclusive && Reason is null ? Enough(settings) : null, reason,
                [.. Leading.Select(index => new AuditExample(questions[index].Query, questions[index].Filters))])
            { Unanswered = Unanswered };
        }

        /// <summary>Rounded up to two figures: it is an estimate.</summary>
        private long? Enough(AuditSettings settings)
        {
            var times = Math.Max(Value.SampleFactorForEquivalence(Tolerance),
                Questions < settings.MinQuestions ? (double)settings.MinQuestions / Math.Max(1, Questions) : 1);
            if (!double.IsFinite(times) || times <= 1 || Opportunities == 0)
            {
                return null;
            }

            var wanted = times * Opportunities;
            var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(wanted)) - 1));
            return (long)(Math.Ceiling(wanted / unit) * unit);
        }
    }
}
