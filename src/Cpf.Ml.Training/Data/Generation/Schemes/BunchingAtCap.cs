namespace Cpf.Ml.Training.Data.Generation.Schemes;

/// <summary>N6: priced just below what the law pays at most.</summary>
internal sealed class BunchingAtCap : Scheme
{
    private const double Cap = 1500;

    public override string Id => "N6";

    public override void Bend(ref Dossier dossier, SchemeInstance one, Random random) => dossier.Price = Cap - random.Next(0, 40);
}
