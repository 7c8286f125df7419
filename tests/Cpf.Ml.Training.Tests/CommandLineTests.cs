using System.Diagnostics;

namespace Cpf.Ml.Training.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task An_unknown_command_exits_with_2_and_one_clear_line()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "no-such-command"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("no-such-command", error, StringComparison.Ordinal);
    }
}
