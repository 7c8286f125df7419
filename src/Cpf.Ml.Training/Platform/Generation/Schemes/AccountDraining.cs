using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>
/// T1: stolen accounts are emptied. Their identity has just changed, few machines order for all, the price is what the
/// account holds, training begins as early as it may, and victims complain later.
/// </summary>
internal sealed class AccountDraining : Scheme
{
    public override string Id => "T1";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        var sellers = instance.Certification.Sellers.OrderBy(_ => world.Random.Next())
            .Take(2).Select(seller => seller.Offers[0].Organisation);
        instance.Offers.AddRange(sellers.Select(organisation => world.Sell(
            instance.Certification, organisation, instance.Onset,
            instance.Certification.Hours,
            instance.Certification.Hours * instance.Certification.Hourly, modality: "remote")));
    }

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        var day = DateOnly.FromDateTime(dossier.OrderedAt);
        dossier.AccountCreatedOn = day.AddDays(-random.Next(4));
        dossier.Device = random.Chance(0.3) ? dossier.Offer.Organisation.Device : instance.Ring + (ulong)random.Next(6);
        dossier.Contact = random.Chance(0.5) ? instance.Ring + (ulong)random.Next(40) : dossier.Contact;
        dossier.Price = Math.Max(50, Math.Round(dossier.Balance - random.Between(0, 5), 2));
        (dossier.TopUp, dossier.Funder) = (0, null);
        dossier.EnteredOn = dossier.EnteredOn is null ? null : day.AddDays(15);
        dossier.ComplainedOn = random.Chance(0.12) ? day.AddDays(30 + random.Next(60)) : dossier.ComplainedOn;
    }
}
