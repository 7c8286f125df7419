using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N6: offers are priced just below what the law pays at most.</summary>
internal sealed class BunchingAtCap : Scheme
{
    private const double Cap = 1500;

    public override string Id => "N6";

    public override void Arrange(SchemeInstance instance, World world)
    {
        foreach (var (_, offers) in instance.Certification.Sellers)
        {
            for (var i = 0; i < offers.Count; i++)
            {
                offers[i] = offers[i] with { Price = Cap - (10 * world.Random.Next(6)) };
            }
        }
    }
}
