namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>Where samples of a raw series go.</summary>
/// <param name="Series">The series that they feed, as their sender describes it.</param>
/// <param name="Part">What they are to it.</param>
internal sealed record SeriesTarget(SeriesDescriptor Series, SamplePart Part = SamplePart.Value)
{
    public SeriesIdentity Identity => Series.Identity;
}
