namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>What an organisation sells, from one day to another.</summary>
internal sealed record Offer(Certification Certification, Organisation Organisation, DateOnly OpenedOn)
{
    /// <summary>Given when all offers are known.</summary>
    public int Id { get; set; }

    public DateOnly? ClosedOn { get; init; }

    public required string Title { get; init; }

    public required string Programme { get; init; }

    /// <summary>onsite, remote or mixed.</summary>
    public required string Modality { get; init; }

    public required double Hours { get; init; }

    /// <summary>EUR.</summary>
    public required double Price { get; init; }
}
