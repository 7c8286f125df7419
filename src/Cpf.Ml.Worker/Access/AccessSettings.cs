using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Access;

/// <summary>Sign-in, sessions and limits for callers.</summary>
public sealed class AccessSettings : IValidated
{
    /// <summary>Creates a first administrator with a generated password when there is no account, and prints both once.
    /// Default false.</summary>
    public bool FirstSignIn { get; init; }

    /// <summary>Password of the first account, <c>admin</c>, when there is no account; from a credential file or the
    /// environment. Default: none.</summary>
    public string FirstPassword { get; init; } = "";

    /// <summary>With <see cref="FirstSignIn"/>, also one account for each other role. Default false.</summary>
    public bool DemoAccounts { get; init; }

    /// <summary>Gives this account a new password at start and prints it once. Default: none.</summary>
    public string NewPasswordFor { get; init; } = "";

    /// <summary>A session ends after this long without a request. Default 12 hours, at most 30 days.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How often an open page checks that its reader may still read it, for changes made by another worker; those of
    /// its own process apply immediately. Default 1 minute.
    /// </summary>
    public TimeSpan SessionCheck { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Wrong passwords in a row that lock an account. Default 5.</summary>
    public int LockAfter { get; init; } = 5;

    /// <summary>How long an account stays locked. Default 15 minutes.</summary>
    public TimeSpan LockLength { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Sign-in attempts a minute from one address. Default 20.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>API requests a second of one token, account or address; ten times as many may come at once. Default
    /// 200.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    public IEnumerable<string> Validate()
    {
        if (FirstPassword.Length > 0 && FirstPassword.Length < Accounts.MinPasswordLength)
        {
            yield return $"FirstPassword must have at least {Accounts.MinPasswordLength} characters, "
                + $"had {FirstPassword.Length}.";
        }

        if (SessionLength < TimeSpan.FromMinutes(5) || SessionLength > TimeSpan.FromDays(30))
        {
            yield return $"SessionLength must be 5 minutes to 30 days, was {SessionLength}.";
        }

        if (SessionCheck < TimeSpan.FromSeconds(1) || SessionCheck > TimeSpan.FromHours(1))
        {
            yield return $"SessionCheck must be 1 second to 1 hour, was {SessionCheck}.";
        }

        if (LockAfter is < 1 or > 100)
        {
            yield return $"LockAfter must be 1 to 100, was {LockAfter}.";
        }

        if (LockLength < TimeSpan.FromSeconds(1) || LockLength > TimeSpan.FromDays(1))
        {
            yield return $"LockLength must be 1 second to 1 day, was {LockLength}.";
        }

        if (SignInsPerMinute < 1)
        {
            yield return $"SignInsPerMinute must be at least 1, was {SignInsPerMinute}.";
        }

        if (RequestsPerSecond < 1)
        {
            yield return $"RequestsPerSecond must be at least 1, was {RequestsPerSecond}.";
        }
    }
}
