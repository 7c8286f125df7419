using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>How well one world's frauds are found at its end.</summary>
internal sealed class WorldFigures
{
    /// <summary>Share of all certifications that people look into.</summary>
    public const double Reviewed = 0.02;

    private readonly ImmutableArray<ScoredCertification> _scored;
    private readonly Dictionary<string, Truth> _truth;
    private readonly int[] _warm;
    private readonly bool[] _isFraud;
    private readonly HashSet<int>? _withModel;

    /// <param name="model">A model trained on controls of another world; null for none.</param>
    public WorldFigures(CertificationEvidence evidence, Dictionary<string, Truth> truth, CertificationModel? model)
    {
        _truth = truth;
        _scored = CertificationScorer.Score(evidence);
        _warm = [.. Enumerable.Range(0, _scored.Length).Where(index => _scored[index].IsWarm)];
        _isFraud =
            [.. _warm.Select(index => truth.GetValueOrDefault(_scored[index].Certification.Id)?.IsFraud == true)];
        Budget = (int)(Reviewed * _scored.Length);
        var distances = Distances(evidence);
        Rankings = new Dictionary<string, RankingFigures>
        {
            ["Cpf.Ml, no labels"] = Figures([.. _warm.Select(index => _scored[index].Evidence)]),
            ["isolation forest alone"] = Figures(new IsolationForest().Score(distances, distances)),
            ["one-class SVM, its labels taught to trees"] = Figures(OneClassSvm.Score(distances)),
            ["price rule (z of the price of an hour)"] =
                Figures([.. _warm.Select(index => Finite(evidence.Peers["F02", index].Distance))]),
            ["volume"] = Figures([.. _warm.Select(index => (double)_scored[index].Certification.Dossiers)]),
            ["random"] = Figures(Shuffled(_warm.Length)),
        };
        if (model is not null)
        {
            var scores = model.Score(EvidenceVector.Build(evidence, _warm));
            Rankings["Cpf.Ml, labels of another world"] = Figures(scores);
            CalibrationError = Calibration(Array.ConvertAll(scores, model.Probability));
            _withModel = [.. Enumerable.Range(0, _warm.Length)
                .OrderByDescending(row => scores[row]).Take(Budget).Select(row => _warm[row])];
        }
    }

    public int Budget { get; }

    /// <summary>
    /// Mean distance between what was promised and what controls would find, over ten bins of equal width; NaN without
    /// a model.
    /// </summary>
    public double CalibrationError { get; } = double.NaN;

    public int Frauds => _isFraud.Count(value => value);

    public int Warm => _warm.Length;

    public Dictionary<string, RankingFigures> Rankings { get; }

    /// <summary>By fraud: found among the first, and how many there were.</summary>
    public IEnumerable<(string Scheme, bool IsFound, double Strength)> Found() =>
        Of(truth => truth.IsFraud)
            .Select(entry => (entry.Truth.Scheme, entry.Scored.Rank <= Budget, entry.Truth.Strength));

    /// <summary>By fraud: found among the first by a model trained on controls; empty without one.</summary>
    public IEnumerable<(string Scheme, bool IsFound)> FoundWithModel() => _withModel is null ? [] :
        from place in _warm
        let truth = _truth.GetValueOrDefault(_scored[place].Certification.Id)
        where truth is { IsFraud: true }
        select (truth.Scheme, _withModel.Contains(place));

    /// <summary>By legitimate situation: flagged among the first.</summary>
    public IEnumerable<(string Scheme, bool IsFlagged)> Legitimate() =>
        Of(truth => !truth.IsFraud).Select(entry => (entry.Truth.Scheme, entry.Scored.Rank <= Budget));

    /// <summary>Of frauds that were found: whether what the fraud moves is among the first three reasons.</summary>
    public IEnumerable<bool> Explained() => Of(truth => truth.IsFraud).Where(entry => entry.Scored.Rank <= Budget)
        .Select(entry => entry.Scored.Reasons.Take(3).Any(reason => entry.Truth.Moves.Contains(reason.Feature.Id)));

    /// <summary>Share of honest certifications flagged, of the smaller half and of the larger one.</summary>
    public (double Small, double Large) FalseBySize()
    {
        var honest = _warm.Where((_, i) => !_isFraud[i])
            .OrderBy(index => _scored[index].Certification.Dossiers).ToList();
        double Share(IEnumerable<int> indexes) => indexes.Average(index => _scored[index].Rank <= Budget ? 1.0 : 0);
        return (Share(honest.Take(honest.Count / 2)), Share(honest.Skip(honest.Count / 2)));
    }

    private IEnumerable<(ScoredCertification Scored, Truth Truth)> Of(Func<Truth, bool> which) =>
        from place in _warm
        let truth = _truth.GetValueOrDefault(_scored[place].Certification.Id)
        where truth is not null && which(truth)
        select (_scored[place], truth);

    private double Calibration(double[] probabilities) =>
        probabilities.Zip(_isFraud).GroupBy(pair => (int)Math.Min(9, 10 * pair.First))
        .Sum(bin => bin.Count() / (double)probabilities.Length * Math.Abs(
            bin.Average(entry => entry.First) - bin.Average(entry => QueueControls.Confirms(entry.Second))));

    private RankingFigures Figures(double[] scores) => RankingFigures.Measure(scores, _isFraud, Budget);

    /// <summary>Distances from peers, as other methods would be given them.</summary>
    private FeatureTable Distances(CertificationEvidence evidence)
    {
        var table = new FeatureTable(
            [.. FeatureCatalogue.All.Select(feature => feature.Id)], [.. FeatureCatalogue.All.Select(
                feature => _warm.Select(index => evidence.Peers[feature.Id, index].Distance).ToArray())]);
        return new ColumnScale(table).Apply(table);
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static double[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).Select(index => (double)index).ToArray();
        new Random(0).Shuffle(order);
        return order;
    }
}

/// <param name="PrecisionAt50">Of the first 50.</param>
/// <param name="Recall">Of frauds, among the first 2 % of all certifications.</param>
internal readonly record struct RankingFigures(
    double AveragePrecision, double Auroc, double PrecisionAt50, double PrecisionAt100, double Recall)
{
    public static RankingFigures Measure(double[] scores, bool[] isFraud, int budget)
    {
        var quality = RankingQuality.Measure(scores, isFraud);
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).ToArray();
        double Precision(int first) => order.Take(first).Count(row => isFraud[row]) / (double)first;
        return new(quality.AveragePrecision, quality.Auroc, Precision(50),
            Precision(100), order.Take(budget).Count(row => isFraud[row]) / (double)isFraud.Count(value => value));
    }
}
