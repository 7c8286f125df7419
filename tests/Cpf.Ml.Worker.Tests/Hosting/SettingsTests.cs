using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public async Task All_invalid_settings_are_reported_at_once_with_their_section()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(new() { ["Part:Length"] = "0", ["Part:Name"] = " " }));

        Assert.Equal(["Part: Length must be at least 1, was 0.", "Part: Name must not be empty."], refusal.Failures);
    }

    [Theory]
    [InlineData("Part:Lenght", "3", "Part: there is no setting 'Lenght'.")]
    [InlineData(
        "Part:Length",
        "three",
        "Part: Failed to convert configuration value 'three' at 'Part:Length' to type 'System.Int32'.")]
    public async Task Misspelt_setting_or_value_stops_the_host_and_is_reported(string name, string value, string reason)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { [name] = value }));

        Assert.Equal(reason, Assert.Single(refusal.Failures));
    }

    [Fact]
    public async Task Settings_are_injected_by_type_with_defaults()
    {
        using var host = await StartAsync(new() { ["Part:Length"] = "7" });

        var part = host.Services.GetRequiredService<Part>();

        Assert.Equal((7, "default"), (part.Length, part.Name));
    }

    [Fact]
    public void Appsettings_file_shows_the_defaults()
    {
        var shown = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .Build();

        Assert.Equivalent(new StorageSettings(), Read<StorageSettings>("Storage"), strict: true);
        Assert.Equivalent(new AccessSettings(), Read<AccessSettings>("Access"), strict: true);
        Assert.Equivalent(new HostingSettings(), Read<HostingSettings>("Hosting"), strict: true);
        Assert.Equivalent(new IngestSettings(), Read<IngestSettings>("Ingest"), strict: true);

        T Read<T>(string section)
            where T : new()
        {
            var settings = new T();
            shown.GetSection(section).Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true);
            return settings;
        }
    }

    private static async Task<IHost> StartAsync(Dictionary<string, string?> values)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(values);
        builder.AddSettings<Part>("Part");
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    internal sealed class Part : IValidated
    {
        public int Length { get; init; } = 1;

        public string Name { get; init; } = "default";

        public IEnumerable<string> Validate()
        {
            if (Length < 1)
            {
                yield return $"Length must be at least 1, was {Length}.";
            }

            if (string.IsNullOrWhiteSpace(Name))
            {
                yield return "Name must not be empty.";
            }
        }
    }
}
