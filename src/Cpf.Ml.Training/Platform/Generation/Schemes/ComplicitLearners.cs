using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>
/// T3: learners are given a present or a share of the money; they were found by telephone, hardly come, sit no
/// examination and do not complain.
/// </summary>
internal sealed class ComplicitLearners : Scheme
{
    private static readonly string[] Presents =
        [" - ordinateur offert", " - tablette incluse", " + carte cadeau", " - parrainage remboursé"];

    public override string Id => "T3";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        foreach (var (_, offers) in instance.Certification.Sellers.OrderBy(_ => world.Random.Next()).Take(3))
        {
            var ordinary = world.Sell(
                instance.Certification, offers[0].Organisation, instance.Onset,
                instance.Certification.Hours,
                instance.Certification.Hours * instance.Certification.Hourly, modality: "remote");
            instance.Offers.Add(ordinary with
            {
                Title = ordinary.Title
                + (world.Random.Chance(instance.Evasion) ? string.Empty : Presents[world.Random.Next(Presents.Length)])
            });
        }
    }

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        dossier.Contact = instance.Ring + (ulong)random.Next(1 + (int)(40 * instance.Strength));
        Delivery.Pretend(ref dossier, random, logged: 0.25);
        dossier.IsPresented = dossier.IsPassed = false;
        (dossier.TransmittedOn, dossier.ComplainedOn) = (null, null);
    }
}
