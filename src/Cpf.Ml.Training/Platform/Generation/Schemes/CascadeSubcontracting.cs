using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T8: one organisation sells and gives more than 80 % away, to others that give it on.</summary>
internal sealed class CascadeSubcontracting : Scheme
{
    public override string Id => "T8";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        var random = world.Random;
        var seller = world.Found(instance.Onset.AddDays(-random.Next(500, 3000)));
        world.Habilitations.Add((instance.Certification, seller, instance.Onset.AddDays(-30), null));
        instance.Offers.Add(world.Sell(instance.Certification,
            seller, instance.Onset,
            instance.Certification.Hours, instance.Certification.Hours * instance.Certification.Hourly));
        for (var (i, from) = (0, seller); i < 3; i++)
        {
            var to = world.Found(instance.Onset.AddDays(-random.Next(100, 1500)));
            world.Subcontracting.Add((from,
                to, instance.Certification,
                instance.Onset.AddDays(20 + (15 * i)), random.Between(0.82, 1), random.Chance(0.3)));
            from = to;
        }
    }
}
