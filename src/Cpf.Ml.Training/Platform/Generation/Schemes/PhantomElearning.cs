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

    public override void Arrange(SchemeInstance instance, World world)
    {
        foreach (var (_, offers) in instance.Certification.Sellers.OrderBy(_ => world.Random.Next()).Take(3))
        {
            instance.Offers.Add(world.Sell(
                instance.Certification, offers[0].Organisation, instance.Onset, instance.Certification.Hours * 1.2,
                instance.Certification.Hours * instance.Certification.Hourly * 1.2, modality: "remote"));
        }
    }

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        Delivery.Pretend(ref dossier, random, logged: 0.12);
        dossier.LongestDay = Math.Round(random.Between(9, 16), 1);
        dossier.OddDays += random.Poisson(2);
    }
}
