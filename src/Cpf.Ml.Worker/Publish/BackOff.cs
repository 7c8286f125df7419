using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Exponential backoff with jitter, for one dispatcher loop.</summary>
internal sealed class BackOff(PublishSettings settings, string publisher)
{
    private readonly Random _random = new((int)XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(publisher)));

    /// <summary>The first delay doubled with each failure, up to the maximum, then shortened by up to a half.</summary>
    /// <param name="failures">1 or more.</param>
    public TimeSpan After(int failures)
    {
        var full = settings.FirstRetryDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        return (full < settings.MaxRetryDelay ? full : settings.MaxRetryDelay) * (1 - _random.NextDouble() / 2);
    }
}
