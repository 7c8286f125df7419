using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Matching.Perimeters;

namespace Cpf.Ml.Worker.Matching.Pages;

/// <summary>What states and rules of perimeters are called.</summary>
internal static class PerimeterWords
{
    public static Text Of(PerimeterState state) => state switch
    {
        PerimeterState.Draft => new("brouillon", "draft"),
        PerimeterState.Proposed => new("proposé, attend une seconde personne", "proposed, waits for a second person"),
        PerimeterState.Approved => new("approuvé", "approved"),
        _ => new("remplacé", "replaced"),
    };

    public static Text Of(PerimeterRule rule) => rule switch
    {
        PerimeterRule.Declared => new("Liens déclarés seulement", "Declared links only"),
        PerimeterRule.Sure => new("Et liens estimés assez sûrs (9 sur 10 seraient déclarés)",
            "And estimated links that are sure enough (9 in 10 would be declared)"),
        _ => new("Et liens estimés à vérifier", "And estimated links to review"),
    };
}
