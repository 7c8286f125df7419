namespace Cpf.Ml.Scoring;

/// <summary>A model that learns online, point by point.</summary>
/// <typeparam name="TInput">A point.</typeparam>
/// <typeparam name="TAssessment">The result of scoring a point.</typeparam>
/// <remarks>One writer at a time. <see cref="Score"/> changes nothing; <see cref="Learn"/> is the only
/// mutation.</remarks>
public interface IDetector<TInput, TAssessment>
{
    /// <summary>Scores an input by what was learned before it.</summary>
    /// <param name="input">The next input.</param>
    TAssessment Score(in TInput input);

    /// <summary>Learns the input.</summary>
    /// <param name="input">The input that was scored.</param>
    /// <param name="assessment">Its result of <see cref="Score"/>, so that nothing is computed twice.</param>
    /// <param name="learning">How far the input may be learned; an open incident must not become the baseline.</param>
    void Learn(in TInput input, in TAssessment assessment, Learning learning);
}
