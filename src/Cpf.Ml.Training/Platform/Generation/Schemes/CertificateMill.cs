using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>T9: who trains also examines, everybody is presented and everybody passes.</summary>
internal sealed class CertificateMill : Scheme
{
    public override string Id => "T9";

    public override void Arrange(SchemeInstance instance, World world)
    {
        var largest = instance.Certification.Sellers.MaxBy(seller => seller.Share);
        instance.Certification.CertifierId = largest.Offers[0].Organisation.Id;
    }

    public override void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
        if (dossier.CancelledOn is null)
        {
            dossier.Completion = 1;
            dossier.HoursBilled = dossier.Offer.Hours;
            dossier.IsPresented = dossier.IsPassed = true;
            dossier.TransmittedOn = dossier.KnownOn.AddDays(random.Next(20));
        }
    }
}
