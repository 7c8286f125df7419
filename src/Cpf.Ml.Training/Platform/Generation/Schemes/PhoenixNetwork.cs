using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>
/// T12: who was excluded comes back under new names, with the same manager and the same bank account.
/// </summary>
internal sealed class PhoenixNetwork : Scheme
{
    private const int Companies = 4;

    public override string Id => "T12";

    public override bool BringsDossiers => true;

    public override void Arrange(SchemeInstance instance, World world)
    {
        var random = world.Random;
        var excluded = world.Found(instance.Onset.AddDays(-random.Next(600, 1500)));
        excluded.DelistedOn = instance.Onset.AddDays(-random.Next(30, 150));
        for (var i = 0; i < Companies; i++)
        {
            var phoenix = world.Found(instance.Onset.AddDays(-random.Next(20, 120)), declaredAfter: 15);

            // Those who hide use another account or another manager, not both.
            var hides = random.Chance(instance.Evasion);
            phoenix.Iban = hides && i % 2 == 0 ? phoenix.Iban : excluded.Iban;
            phoenix.Director = hides && i % 2 == 1 ? phoenix.Director : excluded.Director;
            phoenix.Phone = i == 0 ? excluded.Phone : phoenix.Phone;
            world.Habilitations.Add((instance.Certification, phoenix, instance.Onset.AddDays(-5), null));
            instance.Offers.Add(world.Sell(instance.Certification,
                phoenix, instance.Onset,
                instance.Certification.Hours, instance.Certification.Hours * instance.Certification.Hourly));
        }
    }
}
