using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Cpf.Ml.Training.Neutrality.Learning;

/// <summary>
/// Learns relevance with ML.NET's FastTree: events for a look, each example with the weight of its looks. So many trees
/// as foresee questions best that they have not seen.
/// </summary>
internal static class RelevanceTrees
{
    public const int Folds = 5;

    /// <summary>
    /// Small trees in small steps: three questions tell how two or three features work together, and clicks are few.
    /// </summary>
    private const int Leaves = 4;

    private const int MaxTrees = 200;
    private const double LearningRate = 0.05;
    private const int MinExamples = 20;

    /// <returns>The model, and of each fold (questions by the remainder of what they mean) the one that has not seen
    /// it.</returns>
    /// <exception cref="ArgumentException">There is no example.</exception>
    public static (RelevanceModel Model, ImmutableArray<RelevanceModel> Blind) Fit(RelevanceExamples examples)
    {
        if (examples.All.IsEmpty)
        {
            throw new ArgumentException("There is no example.", nameof(examples));
        }

        ImmutableArray<RelevanceModel> blind = [.. Enumerable.Range(0, Folds).AsParallel()
            .AsOrdered()
            .Select(fold => Grow(examples, [.. examples.All.Where(example => example.Meaning % Folds != fold)]))];
        var errors = new double[MaxTrees + 1];
        foreach (var example in examples.All)
        {
            foreach (var (i, foreseen) in blind[example.Meaning % Folds].Path(example.Features).Index())
            {
                errors[i] += example.Looks * (example.Rate - foreseen) * (example.Rate - foreseen);
            }
        }

        var trees = Array.IndexOf(errors, errors.Min());
        RelevanceModel Cut(RelevanceModel model) => model with { Trees = model.Trees[..trees] };
        return (Cut(Grow(examples, examples.All)), [.. blind.Select(Cut)]);
    }

    private static RelevanceModel Grow(RelevanceExamples examples, ImmutableArray<RelevanceExample> seen)
    {
        // FastTree starts from nothing and goes a step at a time; it is given what is left of the mean.
        var mean = seen.Sum(example => (double)example.Events) / seen.Sum(example => example.Looks);
        ImmutableArray<double> usual = [.. Enumerable.Range(0, examples.Features.Length)
            .Select(i => Median(seen.Select(example => example.Features[i]).Where(value => !double.IsNaN(value))))];
        var context = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(
            NumberDataViewType.Single, examples.Features.Length);
        var data = context.Data.LoadFromEnumerable(
            seen.Select(example => new Row
            {
                Label = (float)(example.Rate - mean),
                Weight = (float)example.Looks,
                Features =
                [.. example.Features.Select((value, i) => (float)(double.IsNaN(value) ? usual[i] : value))]
            }), schema);
        var trained = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            ExampleWeightColumnName = nameof(Row.Weight),
            NumberOfLeaves = Leaves,
            NumberOfTrees = MaxTrees,
            LearningRate = LearningRate,
            MinimumExampleCountPerLeaf = Math.Min(MinExamples, Math.Max(1, seen.Length / Leaves)),
            NumberOfThreads = 1,
        }).Fit(data).Model.TrainedTreeEnsemble;
        return new(
            examples.Features, usual, mean + trained.Bias,
            [
                .. trained.Trees.Zip(trained.TreeWeights, (tree, weight) => new RelevanceTree(
                    [.. tree.NumericalSplitFeatureIndexes],
                    [.. tree.NumericalSplitThresholds.Select(value => (double)value)],
                    [.. tree.LeftChild], [.. tree.RightChild], [.. tree.LeafValues.Select(value => value * weight)])),
            ]);
    }

    private static double Median(IEnumerable<double> values) =>
        values.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : 0;

    private sealed class Row
    {
        public float Label { get; set; }

        public float Weight { get; set; }

        public float[] Features { get; set; } = [];
    }
}
