using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cpf.Ml.Worker.Access;

/// <summary>Makes secrets, and the only form in which they are kept.</summary>
internal static class Secret
{
    public const string TokenPrefix = "cpfml_";

    /// <summary>Letters and digits that nobody mistakes for one another.</summary>
    private const string Legible = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>256 bits.</summary>
    public static string Token() => TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>20 characters in four groups, some 99 bits.</summary>
    public static string Password() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Legible, 5)));

    /// <summary>64 hexadecimal digits. A plain hash is enough: 256 random bits cannot be guessed.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
