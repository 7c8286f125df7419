using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T4: the price of one and the same offer is what the person's account holds.</summary>
internal sealed class PriceTailoredToBalance : Scheme
{
    public override string Id => "T4";

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        var price = Math.Clamp(dossier.Balance, 0.3 * dossier.Offer.Price, 3 * dossier.Offer.Price);
        dossier.Price = Math.Round(price - random.Between(0, price == dossier.Balance ? 5 : 0), 2);
        (dossier.TopUp, dossier.Funder) = (0, null);
    }
}
