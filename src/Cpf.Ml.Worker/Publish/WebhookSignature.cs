using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Signatures of Standard Webhooks: HMAC-SHA256 of <c>id.timestamp.body</c>, over the bytes that are
/// sent.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    public static bool IsSecret(string secret)
    {
        var bytes = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length)
            && length is >= 24 and <= 64;
    }

    /// <returns>One <c>v1,…</c> a secret, separated by spaces.</returns>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(secret =>
            "v1," + Convert.ToBase64String(
                HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
