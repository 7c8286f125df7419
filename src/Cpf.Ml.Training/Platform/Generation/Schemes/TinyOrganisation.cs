using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N5: few dossiers, so that every rate is 0 or 1 by chance.</summary>
internal sealed class TinyOrganisation : Scheme, IVolume
{
    public override string Id => "N5";

    public double Factor(SchemeInstance instance, DateOnly month) => 0.08;
}
