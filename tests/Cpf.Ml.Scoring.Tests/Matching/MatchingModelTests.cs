using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Matching;

public sealed class MatchingModelTests
{
    private static readonly Gen<SparseRow> Rows = Gen.Select(
        Gen.Int[0, 19], Gen.Float[0.1f, 1]).Array[1, 8].Select(pairs =>
        {
            var own = pairs.DistinctBy(pair => pair.Item1).OrderBy(pair => pair.Item1).ToArray();
            return new SparseRow([.. own.Select(pair => pair.Item1)], [.. own.Select(pair => pair.Item2)]);
        });

    [Fact]
    public void Row_index_gives_the_cosines_of_single_rows() =>
        Gen.Select(Rows, Rows.Array[1, 12]).Sample((row, rows) =>
        {
            var cosines = new RowIndex(rows, 20).Cosines(row);
            Assert.All(rows.Zip(cosines), pair => Assert.Equal(row.Times(pair.First), pair.Second, 1e-5f));
            var nearest = RowIndex.Nearest(cosines, 3);
            Assert.Equal(
                cosines.Where(cosine => cosine > 0).OrderDescending().Take(3), nearest.Select(entry => entry.Cosine));
        });

    [Fact]
    public void Share_of_few_fiches_is_shrunk_to_the_overall_share()
    {
        var graph = new CountGraph([(["a"], [0]), (["a", "b"], [0, 1]), (["b"], [1])], [0.1f, 0.2f, 0.3f]);
        Assert.Equal((2, 2), graph.Support("a", 0));
        Assert.Equal((2 + 0.2f) / 4, graph.Share(["a"], 0), 1e-6f);
        Assert.Equal((((1 + 0.4f) / 4) + ((2 + 0.4f) / 4)) / 2, graph.Share(["a", "b"], 1), 1e-6f);
        Assert.Equal(0.3f, graph.Share(["unknown"], 2));
    }

    [Fact]
    public void Feature_groups_are_weighted_and_rows_have_unit_length()
    {
        var space = FeatureSpace.Build(
            [
                [("words", "w a"), ("words", "w b"), ("level", "l 4")],
                [("words", "w a"), ("words", "w b"), ("level", "l 4")],
                [("words", "w c")],
            ]);
        Assert.Equal(3, space.Count); // what one row alone has says nothing of another
        var row = space.Row([("words", "w a"), ("words", "w b"), ("words", "w c"), ("level", "l 4")]);
        Assert.Equal(1, row.Values.Sum(value => value * value), 1e-5f);
        var level = Array.FindIndex(row.Places, index => space.NameOf(index) == "l 4");
        Assert.Equal(0.3f * 0.3f / (1 + (0.3f * 0.3f)), row.Values[level] * row.Values[level], 1e-5f);
        Assert.Empty(space.Row([("words", "w unknown")]).Values);
    }

    [Fact]
    public void Features_of_a_fiche_leave_out_its_own_jobs()
    {
        var fiche = new Fiche("RNCP1", "Technicien en froid", "TP", 4)
        {
            Nsf = ["227r"],
            Formacodes = [new("22624", "Installation frigorifique")],
        };
        Assert.Equal(FicheFeatures.Of(fiche), FicheFeatures.Of(fiche with { Jobs = ["I1306", "H1206"] }));
    }

    [Fact]
    public void Evidence_sentence_starts_with_the_surest_link_and_ends_with_counter_evidence()
    {
        var graph = new LinkEvidence(
            LinkTier.Graph, [], new("22624", "Installation frigorifique"), 45, 38, ["RNCP2"], "RNCP3", ["froid"]);
        Assert.Equal(
            "38 des 45 certifications de formacode «\u00a0Installation frigorifique\u00a0» le déclarent. 1 des 20 "
                + "certifications les plus proches le déclare\u00a0: RNCP2 (Monteur frigoriste). Mots en sa "
                + "faveur\u00a0: froid. À l'inverse, RNCP3 (Chauffagiste), proche aussi, ne le déclare pas.",
            graph.Sentence(id => id == "RNCP2" ? "Monteur frigoriste" : "Chauffagiste").Fr);
        Assert.StartsWith(
            "Declared by RNCP1, which it replaces. 38 of the 45",
            (graph with { Predecessors = ["RNCP1"] }).Sentence(_ => "").En,
            StringComparison.Ordinal);
    }
}
