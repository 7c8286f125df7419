using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N4: machines, pilots, lorries: everybody who sells it is expensive, and always was.</summary>
internal sealed class ExpensiveNiche : Scheme
{
    private const double Times = 3;

    public override string Id => "N4";

    public override void Arrange(SchemeInstance instance, World world)
    {
        foreach (var (_, offers) in instance.Certification.Sellers)
        {
            for (var i = 0; i < offers.Count; i++)
            {
                offers[i] = offers[i] with { Modality = "onsite", Price = Times * offers[i].Price };
            }
        }
    }
}
