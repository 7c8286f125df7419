using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>
/// T7: sold by organisations that have no right to, or that rent it from one that has and trains for none.
/// </summary>
internal sealed class NoHabilitation : Scheme
{
    private const int Sellers = 4;

    public override string Id => "T7";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        var random = world.Random;
        for (var i = 0; i < Sellers; i++)
        {
            var organisation = world.Found(instance.Onset.AddDays(-random.Next(300, 2000)));
            instance.Offers.Add(world.Sell(instance.Certification,
                organisation, instance.Onset,
                instance.Certification.Hours, instance.Certification.Hours * instance.Certification.Hourly));
            if (i > 0)
            {
                continue;
            }

            // One of them rents: it has the right since last week and gives nearly all away.
            world.Habilitations.Add((instance.Certification, organisation, instance.Onset.AddDays(-7), null));
            world.Subcontracting.Add((organisation, world.Organisations[random.Next(world.Organisations.Count)],
                instance.Certification, instance.Onset.AddDays(30), random.Between(0.85, 1), false));
        }
    }
}
