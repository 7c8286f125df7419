using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// Whether offers get attention in proportion to their relevance over many rankings, though one ranking cannot.
/// </summary>
/// <remarks>Reference: Biega et al. (2018), <i>Equity of Attention</i>. Both are normalised in each ranking.</remarks>
public sealed class AmortisedAttention(int offers)
{
    private readonly double[] _attention = new double[offers];
    private readonly double[] _relevance = new double[offers];

    /// <summary>Sum over offers of the distance between attention and relevance so far; 0 is neutral.</summary>
    public double Unfairness =>
        _attention.Zip(_relevance, (attention, relevance) => Math.Abs(attention - relevance)).Sum();

    /// <param name="order">Places of offers, from the first position on.</param>
    /// <param name="relevance">Of each offer.</param>
    public void Add(IReadOnlyList<int> order, IReadOnlyList<double> relevance)
    {
        var (attention, merit) = (order.Index().Sum(entry => BrowsingModel.Logarithmic(entry.Index + 1)),
            relevance.Sum());
        foreach (var (i, offer) in order.Index())
        {
            _attention[offer] += BrowsingModel.Logarithmic(i + 1) / attention;
        }

        for (var offer = 0; offer < offers; offer++)
        {
            _relevance[offer] += relevance[offer] / merit;
        }
    }
}
