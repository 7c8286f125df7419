using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T10: everybody has finished, nobody is examined, no certificate is ever given.</summary>
internal sealed class NoExamination : Scheme
{
    public override string Id => "T10";

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        if (dossier.CancelledOn is null)
        {
            dossier.Completion = 1;
            dossier.HoursBilled = dossier.Offer.Hours;
        }

        dossier.IsPresented = random.Chance(0.04);
        dossier.IsPassed &= dossier.IsPresented;
        dossier.TransmittedOn = null;
    }
}
