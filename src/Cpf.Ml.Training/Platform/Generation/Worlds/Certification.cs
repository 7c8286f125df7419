namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>A certification of the imagined world and how it is ordinarily sold, followed and examined.</summary>
internal sealed class Certification(int index, Domain domain)
{
    public int Index { get; } = index;

    public Domain Domain { get; } = domain;

    public required string Id { get; init; }

    public required string Title { get; set; }

    public required string Standard { get; set; }

    public int? Level { get; init; }

    public string CertifierId { get; set; } = string.Empty;

    public DateOnly RegisteredOn { get; set; }

    public DateOnly ExpiresOn { get; set; }

    public bool HasMinimumHours { get; init; }

    /// <summary>First day of sale.</summary>
    public DateOnly LaunchedOn { get; set; }

    /// <summary>Share of all purchases.</summary>
    public double Weight { get; set; }

    /// <summary>Yearly, as a logarithm.</summary>
    public double Growth { get; init; }

    /// <summary>How much of the year's purchases lies around the peak of the field: 0 none.</summary>
    public double Season { get; set; } = 0.2;

    public double Hours { get; set; }

    /// <summary>EUR an hour, in 2024.</summary>
    public double Hourly { get; set; }

    public double Remote { get; set; }

    public double Finished { get; init; } = 0.81;

    public double Presented { get; set; } = 0.65;

    public double Passed { get; set; } = 0.89;

    /// <summary>Complaints for each dossier.</summary>
    public double Complaints { get; set; } = 0.004;

    /// <summary>Accounts that are younger than a week when they order.</summary>
    public double FreshAccounts { get; init; } = 0.08;

    /// <summary>
    /// An organisation's offers, one after the other, with its share of the certification's dossiers.
    /// </summary>
    public List<(double Share, List<Offer> Offers)> Sellers { get; } = [];

    /// <summary>Frauds and legitimate situations that act on it.</summary>
    public List<SchemeInstance> Schemes { get; } = [];
}
