using System.Collections.Immutable;
using System.Globalization;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>A certification of the national register, as its fiche describes it.</summary>
/// <param name="Id">RNCP or RS and a number, for example <c>RNCP34159</c>.</param>
/// <param name="Title">Title as published, blanks and doubled quotes repaired.</param>
/// <param name="Type">Kind of diploma, short: <c>BTS</c>, <c>TP</c>, <c>MASTER</c>; empty where none is given.</param>
/// <param name="Level">European level, 3 to 8; null where none is given, as in the RS.</param>
public sealed record Fiche(string Id, string Title, string Type, int? Level)
{
    /// <summary>Fields of training, NSF codes of one to three digits and a letter.</summary>
    public ImmutableArray<string> Nsf { get; init; } = [];

    /// <summary>Contents, by codes of the Formacode thesaurus.</summary>
    public ImmutableArray<Formacode> Formacodes { get; init; } = [];

    /// <summary>Who awards it, by SIRET or, where none is given, name.</summary>
    public ImmutableArray<string> Certifiers { get; init; } = [];

    /// <summary>Titles of its blocks of skills.</summary>
    public ImmutableArray<string> Blocks { get; init; } = [];

    /// <summary>Fiches that it replaces.</summary>
    public ImmutableArray<string> Ancestors { get; init; } = [];

    /// <summary>ROME codes that its certifier declares, one to five; empty where none is, as in the RS. Never a feature
    /// of itself.</summary>
    public ImmutableArray<string> Jobs { get; init; } = [];

    /// <summary>Last day of the registration; null where none is given.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Whether people can still register for it.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether it is of the specific register (RS), which declares no jobs and no level.</summary>
    public bool IsSpecific => Id.StartsWith("RS", StringComparison.Ordinal);

    /// <summary>Numbers rise with registration: the axis of time.</summary>
    public int Number => int.Parse(Id.AsSpan(IsSpecific ? 2 : 4), NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>A code of the Formacode thesaurus of training contents.</summary>
/// <param name="Code">Five digits.</param>
/// <param name="Label">What the code means; empty where it is not known.</param>
public readonly record struct Formacode(string Code, string Label);
