using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>
/// A way in which dossiers of a certification differ from ordinary ones: a fraud, or a legitimate situation that looks
/// like one. It acts on events, never on features.
/// </summary>
internal abstract class Scheme
{
    /// <summary>T1 to T12, N1 to N10.</summary>
    public abstract string Id { get; }

    /// <summary>Dossiers come on top of the ordinary ones; otherwise ordinary ones are bent.</summary>
    public virtual bool BringsDossiers => false;

    /// <summary>
    /// Makes the organisations, offers and facts that it needs, and changes what is ordinary of the certification.
    /// </summary>
    public virtual void Arrange(SchemeInstance instance, World world)
    {
    }

    /// <summary>Changes what happens in a dossier that belongs to it.</summary>
    public virtual void Bend(ref Dossier dossier, SchemeInstance instance, Random random)
    {
    }
}

/// <summary>A scheme on a certification.</summary>
/// <param name="Strength">Share of the certification's dossiers that belong to it, once it is whole.</param>
/// <param name="Onset">First day.</param>
/// <param name="RampDays">Until it is whole.</param>
/// <param name="Evasion">Share of its own dossiers that look ordinary on purpose.</param>
internal sealed record SchemeInstance(
    Scheme Scheme, Certification Certification, double Strength, DateOnly Onset, int RampDays, double Evasion)
{
    /// <summary>What it sells; empty where it bends ordinary sales.</summary>
    public List<Offer> Offers { get; } = [];

    /// <summary>Telephones, machines or reviews that its dossiers share.</summary>
    public ulong Ring { get; } = Draws.Mix(20, Certification.Index);

    /// <returns>Share of dossiers on a day, in [0, <see cref="Strength"/>].</returns>
    public double Share(DateOnly day) =>
        Strength * Math.Clamp((day.DayNumber - Onset.DayNumber + 1) / (double)RampDays, 0, 1);
}
