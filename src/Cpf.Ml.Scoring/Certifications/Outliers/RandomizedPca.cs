using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Outliers are badly described by the few directions in which the others spread most. Microsoft.ML's
/// trainer, on columns of one scale.</summary>
/// <remarks>
/// Reference: Halko, Martinsson and Tropp (2011), <i>Finding structure with randomness</i>. As many directions as the
/// root of the number of columns, so that some are left over to be wrong in. In one column there is nothing to
/// describe: every score is 0. The trainer's error is a share of the row's length, by which a row far out in a
/// principal direction and one near the centre are alike; here it is a length again.
/// </remarks>
internal sealed class RandomizedPca : IOutlierDetector
{
    /// <summary>The trainer's default.</summary>
    private const int Oversampling = 20;

    public string Name => "randomized PCA";

    public double[] Score(FeatureTable reference, FeatureTable rows)
    {
        var width = reference.Columns.Length;
        if (width < 2)
        {
            return new double[rows.RowCount];
        }

        var schema = SchemaDefinition.Create(typeof(Input));
        schema[nameof(Input.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        if (Fit(reference, schema, Math.Max(1, (int)Math.Sqrt(width))) is not { } model)
        {
            return new double[rows.RowCount];
        }

        var output = model.Transform(new MLContext(seed: 0).Data.LoadFromEnumerable(Inputs(rows), schema));
        var lengths = rows.Rows().Select(row => Math.Sqrt(row.Sum(value => value * value)));
        return [.. output.GetColumn<float>("Score")
            .Zip(lengths, (share, length) => float.IsFinite(share) ? share * length : 0)];
    }

    /// <summary>Fewer directions where rows do not have so many; null where they have none.</summary>
    private static AnomalyPredictionTransformer<PcaModelParameters>? Fit(
        FeatureTable reference, SchemaDefinition schema, int most)
    {
        var ml = new MLContext(seed: 0);
        var data = ml.Data.LoadFromEnumerable(Inputs(reference), schema);
        for (var rank = most; rank > 0; rank--)
        {
            try
            {
                return ml.AnomalyDetection.Trainers.RandomizedPca(
                    nameof(Input.Features), rank: rank, oversampling: Math.Min(
                        Oversampling, reference.Columns.Length - rank), ensureZeroMean: true, seed: 0).Fit(data);
            }
            catch (ArgumentOutOfRangeException)
            {
                // The trainer knows no other way to say that it found no such directions.
            }
        }

        return null;
    }

    private static IEnumerable<Input> Inputs(FeatureTable table) =>
        Enumerable.Range(0, table.RowCount)
            .Select(row => new Input { Features = Array.ConvertAll(table.Row(row), value => (float)value) });

    private sealed class Input
    {
        public float[] Features { get; set; } = [];
    }
}
