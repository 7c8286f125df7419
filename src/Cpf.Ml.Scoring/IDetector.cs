namespace Cpf.Ml.Scoring;

/// <summary>A model that learns while it scores.</summary>
/// <remarks>One writer at a time. <see cref="Score"/> changes nothing; <see cref="Learn"/> is the only
/// mutation.</remarks>
public interface IDetector<TInput, TAssessment>
{
    /// <summary>Judges an input by what was learnt before it.</summary>
    TAssessment Score(in TInput input);

    /// <summary>Takes the input into the model.</summary>
    /// <param name="input">The input that was scored.</param>
    /// <param name="assessment">What <see cref="Score"/> said of it, so that nothing is computed twice.</param>
    /// <param name="learning">Whether an incident is open: what is ordinary must not be learnt from it.</param>
    void Learn(in TInput input, in TAssessment assessment, Learning learning);
}
