using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N2: a new certification that people have waited for.</summary>
internal sealed class FastLaunch : Scheme, IVolume
{
    public override string Id => "N2";

    public double Factor(SchemeInstance one, DateOnly month) =>
        month.AddMonths(1) > one.Certification.LaunchedOn ? 2 : 0;

    public override void Arrange(SchemeInstance one, World world)
    {
        var registered = one.Onset.AddDays(-120);
        (one.Certification.RegisteredOn, one.Certification.LaunchedOn) = (registered, registered.AddDays(45));
    }
}
