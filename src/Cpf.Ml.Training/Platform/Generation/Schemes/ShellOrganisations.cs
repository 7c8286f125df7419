using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T2: companies that were founded for it sell courses that nobody follows, declared done in one go.</summary>
internal sealed class ShellOrganisations : Scheme
{
    private const int Shells = 4;

    public override string Id => "T2";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        for (var i = 0; i < Shells; i++)
        {
            var shell = world.Found(instance.Onset.AddDays(-world.Random.Next(60, 200)), declaredAfter: 20);
            world.Habilitations.Add((instance.Certification, shell, instance.Onset.AddDays(-10), null));
            instance.Offers.Add(world.Sell(
                instance.Certification, shell, instance.Onset,
                instance.Certification.Hours,
                instance.Certification.Hours * instance.Certification.Hourly * 1.1, modality: "remote"));
        }
    }

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random) =>
        Delivery.Pretend(ref dossier, random, logged: 0.15);
}
