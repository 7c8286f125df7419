namespace Cpf.Ml.Scoring.Tests.Contracts;

/// <summary>
/// The promises of every detector. A new one inherits them with its options, a generator of inputs and how to read an
/// assessment.
/// </summary>
/// <typeparam name="TDetector">The detector.</typeparam>
/// <typeparam name="TOptions">Its options.</typeparam>
/// <typeparam name="TInput">What it judges.</typeparam>
/// <typeparam name="TAssessment">What it says.</typeparam>
public abstract class DetectorContract<TDetector, TOptions, TInput, TAssessment> : SnapshotContract<TDetector, TOptions>
    where TDetector : IDetector<TInput, TAssessment>, ISnapshot<TDetector, TOptions>
{
    private const int Past = 3000;
    private const int Future = 300;
    private const int Seed = 20261123;

    /// <summary>The next input of a lively stream.</summary>
    /// <param name="random">Seeded; draw the same number of values for each input.</param>
    /// <param name="index">From 0.</param>
    protected abstract TInput Input(Random random, int index);

    /// <summary>The input just after, before the next one, with another value.</summary>
    protected abstract TInput Revalue(TInput input, double value);

    protected abstract (Score Score, bool IsWarm) Judgement(in TAssessment assessment);

    /// <summary>All that an assessment says, as text that differs when a bit differs.</summary>
    protected abstract string Describe(in TAssessment assessment);

    [Fact]
    public void New_detector_is_cold_and_scores_0_for_any_input()
    {
        var (score, isWarm) = Judgement(Fresh().Score(Revalue(Input(new Random(Seed), 0), 1e12)));

        Assert.Equal(0, score.Value);
        Assert.False(isWarm);
    }

    [Fact]
    public void Detector_becomes_warm_and_then_scores_above_0()
    {
        var detector = Fresh();
        var judgements = Inputs(Past).Select(input => Judgement(Step(detector, input))).ToList();

        Assert.True(judgements[^1].IsWarm);
        Assert.Contains(judgements, judgement => judgement.Score.Value > 0);
        Assert.All(
            judgements.Where(judgement => !judgement.IsWarm), judgement => Assert.Equal(0, judgement.Score.Value));
    }

    [Fact]
    public void Scoring_changes_nothing()
    {
        var detector = Experienced();
        var before = Bytes(detector);
        foreach (var input in Inputs(Past + Future).Skip(Past))
        {
            detector.Score(input);
            detector.Score(Revalue(input, double.NaN));
            detector.Score(Revalue(input, 1e12));
        }

        Assert.Equal(before, Bytes(detector));
    }

    [Fact]
    public void Same_history_gives_the_same_scores()
    {
        var (one, other) = (Fresh(), Fresh());

        foreach (var input in Inputs(Past))
        {
            Assert.Equal(OutcomeOf(one, input), OutcomeOf(other, input));
        }
    }

    [Fact]
    public void Later_points_do_not_change_earlier_scores()
    {
        var (calm, stormy) = (Fresh(), Fresh());
        var outcomesOfCalm = Inputs(Past).Select(input => OutcomeOf(calm, input)).ToList();
        var outcomesOfStormy = Inputs(Past)
            .Select((input, i) => OutcomeOf(stormy, i < Past / 2 ? input : Revalue(input, i)))
            .ToList();

        Assert.Equal(outcomesOfCalm[..(Past / 2)], outcomesOfStormy[..(Past / 2)]);
        Assert.NotEqual(outcomesOfCalm[(Past / 2)..], outcomesOfStormy[(Past / 2)..]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void NaN_and_infinity_score_0_and_change_no_later_score(double hole)
    {
        var (whole, holed) = (Experienced(), Experienced());
        foreach (var input in Inputs(Past + Future).Skip(Past))
        {
            Assert.Equal(0, Judgement(Step(holed, Revalue(input, hole))).Score.Value);
            Assert.Equal(OutcomeOf(whole, input), OutcomeOf(holed, input));
        }
    }

    protected override TDetector Experienced()
    {
        var detector = Fresh();
        foreach (var input in Inputs(Past))
        {
            Step(detector, input);
        }

        return detector;
    }

    protected override IReadOnlyList<string> GoOn(TDetector self) =>
        [.. Inputs(Past + Future).Skip(Past).Select(input => OutcomeOf(self, input))];

    private IEnumerable<TInput> Inputs(int count)
    {
        var random = new Random(Seed);
        for (var i = 0; i < count; i++)
        {
            yield return Input(random, i);
        }
    }

    private string OutcomeOf(TDetector detector, in TInput input) => Describe(Step(detector, input));

    private static TAssessment Step(TDetector detector, in TInput input)
    {
        var assessment = detector.Score(input);
        detector.Learn(input, assessment, Learning.Full);
        return assessment;
    }
}
