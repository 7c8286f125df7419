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

    public override void Arrange(SchemeInstance one, World world)
    {
        var random = world.Random;
        for (var i = 0; i < Sellers; i++)
        {
            var organisation = world.Found(one.Onset.AddDays(-random.Next(300, 2000)));
            one.Offers.Add(world.Sell(one.Certification,
                organisation, one.Onset, one.Certification.Hours, one.Certification.Hours * one.Certification.Hourly));
            if (i > 0)
            {
                continue;
            }

            // One of them rents: it has the right since last week and gives nearly all away.
            world.Habilitations.Add((one.Certification, organisation, one.Onset.AddDays(-7), null));
            world.Subcontracting.Add((organisation, world.Organisations[random.Next(world.Organisations.Count)],
                one.Certification, one.Onset.AddDays(30), random.Between(0.85, 1), false));
        }
    }
}
