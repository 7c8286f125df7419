using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Dossiers;

/// <summary>Dossiers behind a feature of a certification.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Most">Those that say most, <see cref="DossierQuery.MostDossiers"/> at most.</param>
/// <param name="Companies">Whose they are, most first, <see cref="DossierQuery.MostCompanies"/> at most.</param>
public sealed record DossierEvidence(
    long Count, ImmutableArray<CitedDossier> Most, ImmutableArray<CitedCompany> Companies);

/// <summary>A dossier as a controller can look it up.</summary>
/// <param name="Day">Of the purchase.</param>
/// <param name="Balance">EUR of rights before; null where it is not known, as all that follows.</param>
/// <param name="HoursLogged">Of presence on the learning platform.</param>
/// <param name="Exam">passed, failed, absent, or null while it is not known.</param>
public sealed record CitedDossier(
    long PurchaseId, string OrganisationId, DateOnly Day, double Price,
    double? Balance, double? Hours, double? HoursBilled, double? HoursLogged, double? Completion, string? Exam);

/// <param name="Behind">Dossiers behind the feature.</param>
/// <param name="All">All that it sold of the certification in the window.</param>
public sealed record CitedCompany(string Siren, long Behind, long All);
