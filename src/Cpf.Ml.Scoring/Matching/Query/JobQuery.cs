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
/// <param name="Jobs">The likeliest first.</param>
/// <param name="Region">That the query names.</param>
/// <param name="Name">Of the theme, sector, contents or certification.</param>
public sealed record JobQuery(
    JobQueryKind Kind, ImmutableArray<ProposedJob> Jobs, Region? Region = null, Text? Name = null)
{
    /// <summary>Those that certifications are listed for before a person has chosen: of guesses the first, of a
    /// certification those that it declares.</summary>
    public IEnumerable<string> Chosen => (Kind switch
    {
        JobQueryKind.Guess or JobQueryKind.Contents => Jobs.Take(1),
        JobQueryKind.Certification =>
            Jobs.Any(job => job.Confidence == 1) ? Jobs.Where(job => job.Confidence == 1) : Jobs.Take(1),
        _ => Jobs,
    }).Select(job => job.Job);
}

/// <param name="Confidence">In [0, 1]: 1 where there is no doubt; of a theme, how far the job is of it.</param>
public sealed record ProposedJob(string Job, double Confidence);
