namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>A purchase and all that followed from it. Schemes bend it before it is written.</summary>
internal struct Dossier
{
    public Offer Offer;
    public DateTime OrderedAt;
    public double Price;
    public double Balance;
    public double TopUp;
    public string? Funder;
    public ulong Account;
    public DateOnly AccountCreatedOn;
    public ulong Contact;
    public ulong Device;

    /// <summary>Days after the order; null where it was given up.</summary>
    public DateOnly? EnteredOn;
    public DateOnly? CancelledOn;

    public DateOnly EndedOn;
    public DateTime DeclaredAt;
    public double Completion;
    public double HoursBilled;

    /// <summary>NaN where there is no learning platform.</summary>
    public double HoursLogged;
    public double LongestDay;
    public int OddDays;

    public bool IsPresented;
    public bool IsPassed;
    public DateOnly HeldOn;
    public DateOnly KnownOn;
    public DateOnly? TransmittedOn;

    /// <summary>Null for none.</summary>
    public DateOnly? ComplainedOn;

    /// <summary>0 for none.</summary>
    public int Stars;
    public ulong ReviewText;
    public DateTime ReviewedAt;

    public readonly bool IsFinished => CancelledOn is null && Completion >= 1;
}
