using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T5: a third of the hours for the same price, far below what the standard asks for.</summary>
internal sealed class Shrinkflation : Scheme
{
    public override string Id => "T5";

    public override void Arrange(SchemeInstance instance, World world)
    {
        foreach (var (_, offers) in instance.Certification.Sellers)
        {
            var last = offers[^1];
            instance.Offers.Add(world.Sell(instance.Certification, last.Organisation,
                instance.Onset, last.Hours * world.Random.Between(0.2, 0.4), last.Price, modality: last.Modality));
        }
    }

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        var organisation = dossier.Offer.Organisation;
        if (instance.Offers.Find(offer => offer.Organisation == organisation) is { } shorter)
        {
            var share = shorter.Hours / dossier.Offer.Hours;
            (dossier.Offer, dossier.Price) = (shorter, shorter.Price);
            (dossier.HoursBilled, dossier.HoursLogged) = (Math.Round(dossier.HoursBilled * share, 1),
                Math.Round(dossier.HoursLogged * share, 1));
            dossier.LongestDay = Math.Min(dossier.LongestDay, Math.Max(1, shorter.Hours));
        }
    }
}
