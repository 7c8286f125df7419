using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N1: a law makes everybody need it at once, and the platform knows beforehand.</summary>
internal sealed class SurgeByLaw : Scheme, IVolume
{
    public override string Id => "N1";

    public double Factor(SchemeInstance instance, DateOnly month) => month.AddMonths(1) > instance.Onset ? 3 : 1;

    public override void Arrange(SchemeInstance instance, World world) =>
        world.KnownEvents.Add(
            (instance.Certification, "volume", instance.Onset.AddDays(-30), instance.Onset.AddDays(365),
            "Obligation nouvelle pour les professionnels concernés, annoncée au Journal officiel."));
}
