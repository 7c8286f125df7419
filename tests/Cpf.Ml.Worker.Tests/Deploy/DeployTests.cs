using System.Globalization;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Deploy;

/// <summary>What is in <c>deploy/</c>, judged by the programs that it is for.</summary>
public sealed partial class DeployTests
{
    [Fact]
    public Task The_rules_say_what_their_tests_expect() =>
        SucceedsAsync("deploy/prometheus", "promtool", "test", "rules", "rules_test.yml");

    [Fact]
    public Task Prometheus_accepts_its_configuration() =>
        SucceedsAsync("deploy/prometheus", "promtool", "check", "config", "--syntax-only", "prometheus.yml");

    [Fact]
    public Task Alertmanager_accepts_its_configuration() =>
        SucceedsAsync("deploy/alertmanager", "amtool", "check-config", "alertmanager.yml");

    [Fact]
    public async Task Every_alerting_rule_has_a_test_in_which_it_fires()
    {
        var rules = await ReadAsync("deploy/prometheus/rules.yml");
        var tests = await ReadAsync("deploy/prometheus/rules_test.yml");

        Assert.All(
            AlertName().Matches(rules).Select(match => match.Groups[1].Value),
            name => Assert.Contains($"alertname: {name}\n        exp_alerts", tests, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Systemd_unit_is_valid_and_hardened()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Assert.Skip("systemd-analyze is not installed.");
        }

        // A copy, as verify looks at the program too, which is not installed here.
        using var folder = new TemporaryFolder();
        var unit = await ReadAsync("deploy/systemd/cpf-ml.service");
        await File.WriteAllTextAsync(
            folder.In("cpf-ml.service"),
            unit.Replace("/usr/bin/dotnet", "/bin/sh", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var verify = await Command.RunAsync(folder.Path, "systemd-analyze", "verify", "./cpf-ml.service");
        var security = await Command.RunAsync(
            folder.Path, "systemd-analyze", "security", "--offline=yes", "./cpf-ml.service");

        Assert.True(verify.ExitCode == 0, verify.Error);
        Assert.DoesNotContain("cpf-ml.service:", verify.Error, StringComparison.Ordinal);
        var exposure = Exposure().Match(security.Output).Groups[1].Value;
        Assert.InRange(double.Parse(exposure, CultureInfo.InvariantCulture), 0, 2);
    }

    [Fact]
    public async Task Container_does_not_run_as_root() =>
        Assert.Contains("\nUSER $APP_UID\n", await ReadAsync("deploy/Containerfile"), StringComparison.Ordinal);

    [Theory]
    [InlineData("--port 99999", "--port must be 1 to 65535, was \"99999\".")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--data deploy", "--data \"deploy\" holds no .csv and no .ndjson file.")]
    [InlineData("--prot 5080", "Unknown argument \"--prot\".")]
    public async Task Run_refuses_bad_arguments_in_one_line(string arguments, string reason)
    {
        var (exitCode, _, error) = await Command.RunAsync(Repository.Root, Repository.In("run"), arguments.Split(' '));

        Assert.Equal((2, $"run: {reason} See ./run --help.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Run_help_explains_every_option()
    {
        var script = await ReadAsync("run");

        var (exitCode, help, _) = await Command.RunAsync(Repository.Root, Repository.In("run"), "--help");

        Assert.Equal(0, exitCode);
        Assert.All(
            Option().Matches(script).Select(match => match.Value).Distinct(),
            option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    private static async Task SucceedsAsync(string folder, string program, params string[] arguments)
    {
        var (exitCode, output, error) = await Command.RunAsync(Repository.In(folder), program, arguments);
        Assert.True(exitCode == 0, output + error);
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(Repository.In(path), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"exposure level for cpf-ml\.service: ([0-9.]+)")]
    private static partial Regex Exposure();

    [GeneratedRegex("(?<=^ +|\\| )--[a-z-]+(?=[ |)])", RegexOptions.Multiline)]
    private static partial Regex Option();
}
