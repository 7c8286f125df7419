namespace Cpf.Ml.Worker.Access;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning,
        "There is no account, so nobody can sign in. Start once with --Access:FirstSignIn=true, or set "
            + "Access:FirstPassword.")]
    public static partial void NoAccount(ILogger log);
}
