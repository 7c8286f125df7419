using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T2: companies that were founded for it sell courses that nobody follows, declared done in one go.</summary>
internal sealed class ShellOrganisations : Scheme
{
    private const int Shells = 4;

    public override string Id => "T2";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance one, World world)
    {
        for (var i = 0; i < Shells; i++)
        {
            var shell = world.Found(one.Onset.AddDays(-world.Random.Next(60, 200)), declaredAfter: 20);
            world.Habilitations.Add((one.Certification, shell, one.Onset.AddDays(-10), null));
            one.Offers.Add(world.Sell(
                one.Certification, shell, one.Onset,
                one.Certification.Hours, one.Certification.Hours * one.Certification.Hourly * 1.1, modality: "remote"));
        }
    }

    public override void Bend(ref Dossier dossier, SchemeInstance one, Random random) =>
        Delivery.Pretend(ref dossier, random, logged: 0.15);
}
