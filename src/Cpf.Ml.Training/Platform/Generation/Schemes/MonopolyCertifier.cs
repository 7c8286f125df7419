using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>N3: only its certifier trains for it.</summary>
internal sealed class MonopolyCertifier : Scheme
{
    public override string Id => "N3";

    public override void Arrange(SchemeInstance instance, World world)
    {
        instance.Certification.Sellers.RemoveRange(1, instance.Certification.Sellers.Count - 1);
        instance.Certification.CertifierId = instance.Certification.Sellers[0].Offers[0].Organisation.Id;
    }
}
