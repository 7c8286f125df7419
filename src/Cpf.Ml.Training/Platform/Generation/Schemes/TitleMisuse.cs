using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>
/// T6: offers that teach something else under the certification's name, by organisations that sell anything.
/// </summary>
internal sealed class TitleMisuse : Scheme
{
    private const int Generalists = 5;
    private static readonly string[] Lures = [" (Bac+5)", " - Mastère", " - Master", ""];

    public override string Id => "T6";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        var random = world.Random;
        for (var i = 0; i < Generalists; i++)
        {
            var organisation = world.Found(instance.Onset.AddDays(-random.Next(400, 2500)));
            world.Habilitations.Add((instance.Certification, organisation, instance.Onset.AddDays(-20), null));
            var others = world.Certifications.OrderBy(_ => random.Next())
                .DistinctBy(certification => certification.Domain).Take(6).ToList();
            foreach (var certification in others)
            {
                Sellers.Add(world, certification, organisation, 0.3, instance.Onset.AddDays(-200));
            }

            var content = others.First(certification => certification.Domain != instance.Certification.Domain).Domain;
            var offer = world.Sell(
                instance.Certification, organisation, instance.Onset,
                instance.Certification.Hours,
                instance.Certification.Hours * instance.Certification.Hourly, content: content);
            instance.Offers.Add(offer with { Title = offer.Title + Lures[random.Next(Lures.Length)] });
        }
    }
}
