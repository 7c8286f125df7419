using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>All that there is before the first dossier.</summary>
internal sealed class World(GeneratorOptions options)
{
    public GeneratorOptions Options { get; } = options;

    /// <summary>For what concerns the world and not one certification.</summary>
    public Random Random { get; } = new(options.Seed);

    public List<Certification> Certifications { get; } = [];

    public List<Organisation> Organisations { get; } = [];

    /// <summary>Rights to prepare; the last day is null while it lasts.</summary>
    public List<(Certification Certification,
        Organisation Organisation, DateOnly BeginsOn, DateOnly? EndsOn)> Habilitations
    { get; } = [];

    /// <summary>From when it is known; the share is of what the organisation sells or was given.</summary>
    public List<(Organisation Organisation, Organisation Subcontractor,
        Certification Certification, DateOnly KnownOn, double Share, bool IsDeclared)> Subcontracting
    { get; } = [];

    public List<(Certification Certification,
        string Kind, DateOnly BeginsOn, DateOnly EndsOn, string Reason)> KnownEvents
    { get; } = [];

    /// <param name="company">Whose establishment it is: it has its number, manager and bank account; null for a new
    /// company.</param>
    public Organisation Found(
        DateOnly createdOn, double size = 1, int? declaredAfter = null, Organisation? company = null)
    {
        var organisation = new Organisation(Organisations.Count, createdOn, company)
        {
            Size = size,
            ActivityDeclaredOn = createdOn.AddDays(declaredAfter ?? 30 + Random.Next(400)),
            Department = 1 + Random.Next(95),
            IsPublic = Random.Chance(0.06),
            BatchMinute = Random.Chance(0.3) ? Random.Next(8 * 60, 18 * 60) : null,
        };
        Organisations.Add(organisation);
        return organisation;
    }

    /// <summary>An offer of a certification as its seller would word it.</summary>
    public Offer Sell(Certification certification, Organisation organisation, DateOnly openedOn,
        double hours, double price, DateOnly? closedOn = null, string? modality = null, Domain? content = null)
    {
        var words = content ?? certification.Domain;
        var title = content is null ? Wording.OfferTitle(certification.Title, Random)
            : Wording.OfferTitle(words.Titles[Random.Next(words.Titles.Length)], Random);
        return new Offer(certification, organisation, openedOn)
        {
            ClosedOn = closedOn,
            Title = title,
            Programme = Wording.Programme(words, content is null ? certification.Standard : string.Empty, Random),
            Modality = modality
                ?? (Random.Chance(certification.Remote) ? "remote" : Random.Chance(0.15) ? "mixed" : "onsite"),
            Hours = Math.Max(1, Math.Round(hours)),
            Price = Math.Max(50, Math.Round(price / 10) * 10),
        };
    }
}
