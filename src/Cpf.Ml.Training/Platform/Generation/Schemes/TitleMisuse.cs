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

    public override void Arrange(SchemeInstance one, World world)
    {
        var random = world.Random;
        for (var i = 0; i < Generalists; i++)
        {
            var organisation = world.Found(one.Onset.AddDays(-random.Next(400, 2500)));
            world.Habilitations.Add((one.Certification, organisation, one.Onset.AddDays(-20), null));
            var others = world.Certifications.OrderBy(_ => random.Next())
                .DistinctBy(certification => certification.Domain).Take(6).ToList();
            foreach (var certification in others)
            {
                Sellers.Add(world, certification, organisation, 0.3, one.Onset.AddDays(-200));
            }

            var content = others.First(certification => certification.Domain != one.Certification.Domain).Domain;
            var offer = world.Sell(
                one.Certification, organisation, one.Onset,
                one.Certification.Hours, one.Certification.Hours * one.Certification.Hourly, content: content);
            one.Offers.Add(offer with { Title = offer.Title + Lures[random.Next(Lures.Length)] });
        }
    }
}
