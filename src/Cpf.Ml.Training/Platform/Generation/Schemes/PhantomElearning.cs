using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>
/// T11: remote courses that are a key with files: hardly an hour on the platform, all hours billed, odd days and
/// endless ones in the statements.
/// </summary>
internal sealed class PhantomElearning : Scheme
{
    public override string Id => "T11";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance one, World world)
    {
        foreach (var (_, offers) in one.Certification.Sellers.OrderBy(_ => world.Random.Next()).Take(3))
        {
            one.Offers.Add(world.Sell(
                one.Certification, offers[0].Organisation, one.Onset, one.Certification.Hours * 1.2,
                one.Certification.Hours * one.Certification.Hourly * 1.2, modality: "remote"));
        }
    }

    public override void Bend(ref Dossier dossier, SchemeInstance one, Random random)
    {
        Delivery.Pretend(ref dossier, random, logged: 0.12);
        dossier.LongestDay = Math.Round(random.Between(9, 16), 1);
        dossier.OddDays += random.Poisson(2);
    }
}
