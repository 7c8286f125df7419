using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T8: one organisation sells and gives more than 80 % away, to others that give it on.</summary>
internal sealed class CascadeSubcontracting : Scheme
{
    public override string Id => "T8";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance one, World world)
    {
        var random = world.Random;
        var seller = world.Found(one.Onset.AddDays(-random.Next(500, 3000)));
        world.Habilitations.Add((one.Certification, seller, one.Onset.AddDays(-30), null));
        one.Offers.Add(world.Sell(one.Certification,
            seller, one.Onset, one.Certification.Hours, one.Certification.Hours * one.Certification.Hourly));
        for (var (i, from) = (0, seller); i < 3; i++)
        {
            var to = world.Found(one.Onset.AddDays(-random.Next(100, 1500)));
            world.Subcontracting.Add((from,
                to, one.Certification, one.Onset.AddDays(20 + (15 * i)), random.Between(0.82, 1), random.Chance(0.3)));
            from = to;
        }
    }
}
