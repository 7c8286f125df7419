using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N2: a new certification that people have waited for.</summary>
internal sealed class FastLaunch : Scheme, IVolume
{
    public override string Id => "N2";

    public double Factor(SchemeInstance instance, DateOnly month) =>
        month.AddMonths(1) > instance.Certification.LaunchedOn ? 2 : 0;

    public override void Arrange(SchemeInstance instance, World world)
    {
        var registered = instance.Onset.AddDays(-120);
        (instance.Certification.RegisteredOn, instance.Certification.LaunchedOn) = (registered, registered.AddDays(45));
    }
}
