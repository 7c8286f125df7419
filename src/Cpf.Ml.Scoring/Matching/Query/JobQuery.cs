using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>How a query was understood.</summary>
public enum JobQueryKind
{
    /// <summary>Nothing of it is known.</summary>
    Unknown,

    /// <summary>A code of the ROME, version 3, or of version 4 with the job that it comes of; without jobs where there
    /// is no such code.</summary>
    Code,

    /// <summary>A certification of the register, by its code: the jobs that it leads to.</summary>
    Certification,

    /// <summary>A code of contents (Formacode) or field (NSF): the jobs that certifications with it declare
    /// most.</summary>
    Contents,

    /// <summary>A title of the ROME, word for word but for accents, small words, gender and number.</summary>
    Title,

    /// <summary>A transition that the ROME 4 marks, or a curated list.</summary>
    Theme,

    /// <summary>A sector of the ROME.</summary>
    Sector,

    /// <summary>Jobs for which people are hard to find in the region that is named, or in France.</summary>
    Shortage,

    /// <summary>What it most likely is: to be confirmed.</summary>
    Guess,
}

/// <summary>What a query means.</summary>
/// <param name="Kind">How the query was understood.</param>
/// <param name="Jobs">Jobs that it means, the likeliest first.</param>
/// <param name="Region">Region that the query names; null where it names none.</param>
/// <param name="Name">Name of the theme, sector, contents or certification; null for other kinds.</param>
public sealed record JobQuery(
    JobQueryKind Kind, ImmutableArray<ProposedJob> Jobs, Region? Region = null, Text? Name = null)
{
    /// <summary>ROME codes that certifications are listed for before a person has chosen: of guesses the first, of a
    /// certification those that it declares.</summary>
    public IEnumerable<string> Chosen => (Kind switch
    {
        JobQueryKind.Guess or JobQueryKind.Contents => Jobs.Take(1),
        JobQueryKind.Certification =>
            Jobs.Any(job => job.Confidence == 1) ? Jobs.Where(job => job.Confidence == 1) : Jobs.Take(1),
        _ => Jobs,
    }).Select(job => job.Job);
}

/// <summary>A job that a query may mean.</summary>
/// <param name="Job">ROME code, version 3.</param>
/// <param name="Confidence">In [0, 1]: 1 where there is no doubt; of a theme, how far the job belongs to it.</param>
public sealed record ProposedJob(string Job, double Confidence);
