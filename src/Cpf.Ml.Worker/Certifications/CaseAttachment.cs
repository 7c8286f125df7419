using System.Security.Cryptography;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>A document that a controller added to a case.</summary>
/// <param name="Number">1 and following.</param>
/// <param name="Name">Name of the file, without its folder.</param>
/// <param name="Size">Size in bytes.</param>
public sealed record CaseAttachment(
    long Number, string Name, long Size, string Sha256, string AddedBy, DateTimeOffset AddedAt)
{
    /// <summary>Upper bound of the size of a document, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Upper bound of the number of documents of a case.</summary>
    public const int MaxPerCase = 20;

    private const int MaxNameLength = 200;

    internal static Text TooLarge { get; } = new("Un document a 5 Mo au plus. Réduisez-le, ou partagez-le en "
        + "plusieurs.", "A document has 5 MB at most. Make it smaller, or split it.");

    /// <summary>An uploaded file as it will be stored, once its name and size are checked.</summary>
    /// <exception cref="RefusedException">It is empty or too large, or has no valid name.</exception>
    internal static CaseAttachment From(string? name, byte[] content, Actor actor, DateTimeOffset now)
    {
        // Browsers send a name, others may send a path; what is shown in a list has no line breaks.
        var file = string.Concat((name ?? "").Split('/', '\\')[^1].Where(letter => !char.IsControl(letter))).Trim();
        Refusals.IfEmpty(file, "name");
        Refusals.IfLonger(file, MaxNameLength, "name");
        return content.Length switch
        {
            0 => throw Refusals.Bad("Le document est vide.", "The document is empty."),
            > MaxBytes => throw new RefusedException(413, TooLarge),
            _ => new CaseAttachment(
                0, file, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), actor.Name, now),
        };
    }
}
