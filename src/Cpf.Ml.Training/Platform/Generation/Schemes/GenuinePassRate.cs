using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N7: a short technical licence that everybody who comes passes, and is known for it in its field.</summary>
internal sealed class GenuinePassRate : Scheme
{
    public override string Id => "N7";

    public override void Arrange(SchemeInstance instance, World world)
    {
        (instance.Certification.Passed, instance.Certification.Presented) = (0.995, 0.8);
        world.KnownEvents.Add((instance.Certification,
            "exam", world.Options.Begin.AddYears(-3), world.Options.End.AddYears(3), "Habilitation technique de courte "
                + "durée : réussite proche de 100 % chez tous les organismes, relevée par le certificateur."));
    }
}
