namespace Cpf.Ml.Scoring;

/// <summary>How far an input may change what a model takes for usual.</summary>
public enum Learning
{
    /// <summary>Nothing is wrong: all of it is learnt.</summary>
    Full,

    /// <summary>An incident is open that may be a false one: what is usual stays, and the input enters the past of the
    /// tests lightly.</summary>
    Frozen,

    /// <summary>An incident is open beyond doubt: the input says nothing of ordinary times.</summary>
    Certain,
}
