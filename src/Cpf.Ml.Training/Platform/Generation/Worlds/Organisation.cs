using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>
/// A training organisation of the imagined world: a company, or another establishment of one, with its manager and bank
/// account. What stands for a person, an address or a machine is a number, written as a hash.
/// </summary>
internal sealed class Organisation(int index, DateOnly createdOn, Organisation? company = null)
{
    private const int FirstSiren = 300_000_000;

    /// <summary>Numbers of companies lie apart, so that nothing follows from their order.</summary>
    private const int SirenStep = 4_973;

    public int Index { get; } = index;

    /// <summary>Establishments of one company share it.</summary>
    public string Siren { get; } = company?.Siren ?? (FirstSiren + ((long)index * SirenStep % 600_000_000))
        .ToString("D9", System.Globalization.CultureInfo.InvariantCulture);

    public string Id =>
        Siren + (company is null ? 13 : 100 + Index).ToString("D5", System.Globalization.CultureInfo.InvariantCulture);

    public DateOnly CreatedOn { get; } = createdOn;

    public DateOnly ActivityDeclaredOn { get; init; } = createdOn.AddDays(60);

    public int Department { get; init; } = 75;

    public bool IsPublic { get; init; }

    /// <summary>Relative size, 1 on average.</summary>
    public double Size { get; init; } = 1;

    public ulong Director { get; set; } = company?.Director ?? Draws.Mix(1, index);

    public ulong Address { get; set; } = Draws.Mix(2, index);

    public ulong Phone { get; set; } = Draws.Mix(3, index);

    public ulong Device { get; set; } = Draws.Mix(4, index);

    public ulong Iban { get; set; } = company?.Iban ?? Draws.Mix(5, index);

    public DateOnly QualiopiUntil { get; init; } = new(2028, 1, 1);

    public DateOnly? DelistedOn { get; set; }

    /// <summary>
    /// Declares what was done once a week at this minute, together; null where each dossier is declared by itself.
    /// </summary>
    public int? BatchMinute { get; init; }
}
