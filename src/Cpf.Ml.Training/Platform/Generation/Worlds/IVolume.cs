namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>A scheme that changes how much is ordinarily sold.</summary>
internal interface IVolume
{
    /// <summary>Times as many in this month.</summary>
    double Factor(SchemeInstance instance, DateOnly month);
}
