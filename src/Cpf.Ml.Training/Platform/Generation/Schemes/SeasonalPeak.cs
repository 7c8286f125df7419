using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N9: sold in one season, as every year.</summary>
internal sealed class SeasonalPeak : Scheme
{
    public override string Id => "N9";

    public override void Arrange(SchemeInstance instance, World world) => instance.Certification.Season = 0.9;
}
