using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N8: hours typed wrong, and results that the certifier sends late.</summary>
internal sealed class EntryErrors : Scheme
{
    public override string Id => "N8";

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        dossier.HoursBilled = random.Chance(0.03) ? 1 : dossier.HoursBilled;
        dossier.KnownOn = dossier.KnownOn.AddDays(random.Next(60, 150));
        dossier.TransmittedOn = dossier.TransmittedOn is null ? null : dossier.KnownOn.AddDays(random.Next(10));
    }
}
