using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cpf.Ml.Worker.Access;

/// <summary>Prints on the terminal, once the service answers, where the console is and how to sign in for the first
/// time.</summary>
/// <remarks>Written to standard output, not to the log: the log must never hold a secret.</remarks>
internal sealed class Welcome(
    FirstStart first, Accounts accounts, AccessSettings settings,
    IServer server, IHostApplicationLifetime lifetime, TextWriter output, ILogger<Welcome> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await accounts.ReadAsync(cancellationToken)).Count == 0)
        {
            Log.NoAccount(log);
        }

        if (settings.FirstSignIn || first.Created.Count > 0)
        {
            lifetime.ApplicationStarted.Register(Write);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Write()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        output.WriteLine();
        output.WriteLine($"  Console   {address}");
        output.WriteLine($"  API       {address}/scalar");
        output.WriteLine();
        if (first.Created.Count == 0)
        {
            output.WriteLine(
                "  Sign in with the password that was shown at the first start; a new one: ./run --new-password admin");
        }
        else
        {
            output.WriteLine("  Sign in (shown once, keep it):");
            foreach (var (name, password) in first.Created)
            {
                output.WriteLine($"    {name,-12} {password}");
            }
        }

        if (first.IngestToken is { } token)
        {
            output.WriteLine();
            output.WriteLine("  Token for sending metrics (shown once, keep it):");
            output.WriteLine($"    {token}");
        }

        output.WriteLine();
        output.Flush();
        first.Created.Clear();
    }
}
