using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N10: taught entirely at a distance, by everybody who sells it.</summary>
internal sealed class RemoteLanguages : Scheme
{
    public override string Id => "N10";

    public override void Arrange(SchemeInstance instance, World world)
    {
        foreach (var (_, offers) in instance.Certification.Sellers)
        {
            for (var i = 0; i < offers.Count; i++)
            {
                offers[i] = offers[i] with { Modality = "remote" };
            }
        }
    }
}
