using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Certifications.Dossiers;

/// <summary>Dossiers behind a feature of a certification.</summary>
/// <param name="Count">Number of dossiers behind the feature, cited or not.</param>
/// <param name="Cited">The most telling ones first, <see cref="DossierQuery.MaxDossiers"/> at most.</param>
/// <param name="Companies">Companies that sold them, by descending number of dossiers,
/// <see cref="DossierQuery.MaxCompanies"/> at most.</param>
public sealed record DossierEvidence(
    long Count,
    [property: JsonPropertyName("most")] ImmutableArray<CitedDossier> Cited,
    ImmutableArray<CitedCompany> Companies);

/// <summary>A dossier as a controller can look it up. What is null is not known.</summary>
/// <param name="PurchaseId">Number of the dossier on the platform.</param>
/// <param name="OrganisationId">SIRET of the training organisation; «–» where it is not known.</param>
/// <param name="Day">Day of the purchase.</param>
/// <param name="Price">EUR paid, by everybody together.</param>
/// <param name="Balance">EUR of rights that the holder had before the purchase.</param>
/// <param name="Hours">Hours of training that were sold.</param>
/// <param name="HoursBilled">Hours that the organisation declared as given.</param>
/// <param name="HoursLogged">Hours of presence on the learning platform.</param>
/// <param name="Completion">Share of the training that was declared as followed, in [0, 1].</param>
/// <param name="Exam">Result of the examination: passed, failed or absent; null while it is not known.</param>
public sealed record CitedDossier(
    long PurchaseId, string OrganisationId, DateOnly Day, double Price,
    double? Balance, double? Hours, double? HoursBilled, double? HoursLogged, double? Completion, string? Exam);

/// <summary>A company that sold dossiers behind a feature.</summary>
/// <param name="Siren">Number of the company, nine digits.</param>
/// <param name="Behind">Number of its dossiers behind the feature.</param>
/// <param name="All">Number of dossiers of the certification that it sold in the window.</param>
public sealed record CitedCompany(string Siren, long Behind, long All);
