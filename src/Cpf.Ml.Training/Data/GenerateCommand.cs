using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Training.Data.Generation;
using Cpf.Ml.Training.Data.Register;

namespace Cpf.Ml.Training.Data;

/// <summary><c>cpf-ml data generate</c>: an imagined platform, as the tables of <c>docs/platform-data.md</c>.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var defaults = new GeneratorOptions();
        var output = new Option<DirectoryInfo>("--out") { Required = true, Description = "Folder for the tables, as Parquet, and truth.csv." };
        var seed = new Option<int>("--seed") { Description = "Another seed, another world.", DefaultValueFactory = _ => defaults.Seed };
        var certifications = new Option<int>("--certifications") { Description = "On sale.", DefaultValueFactory = _ => defaults.Certifications };
        var purchases = new Option<int>("--purchases") { Description = "Ordinary dossiers over all months.", DefaultValueFactory = _ => defaults.Purchases };
        var months = new Option<int>("--months") { Description = "Up to the end of June 2026; at least 15.", DefaultValueFactory = _ => defaults.Months };
        var prevalence = new Option<double>("--prevalence") { Description = "Share of certifications with a fraud.", DefaultValueFactory = _ => defaults.Prevalence };
        var typologies = new Option<string?>("--typologies") { Description = "Frauds to choose from: T1,T2,… (all). An empty text gives a world without any." };
        var register = new Option<DirectoryInfo?>("--register") { Description = "Folder of an export of the national register, official or of 2021: real titles instead of invented ones." };
        var command = new Command("generate", "An imagined platform: people, offers, purchases, examinations, frauds of known strength and what only looks like one.")
        {
            output, seed, certifications, purchases, months, prevalence, typologies, register,
        };
        command.SetAction(parsed =>
        {
            var options = defaults with
            {
                Seed = parsed.GetValue(seed),
                Certifications = AtLeast(parsed.GetValue(certifications), 20, "--certifications"),
                Purchases = AtLeast(parsed.GetValue(purchases), 1000, "--purchases"),
                Months = AtLeast(parsed.GetValue(months), 15, "--months"),
                Prevalence = parsed.GetValue(prevalence) is >= 0 and <= 0.2 and var share ? share : throw new InputException("--prevalence lies between 0 and 0.2."),
                Typologies = parsed.GetValue(typologies) is { } wanted ? [.. wanted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Known)] : defaults.Typologies,
            };
            var entries = parsed.GetValue(register) is { } folder ? RegisterTitles.Read(folder.FullName) : null;
            var there = parsed.GetRequiredValue(output);
            var world = WorldGenerator.Generate(options, entries, there.FullName);
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{there.FullName}: {world.Certifications.Count} certifications, {world.Organisations.Count} organisations, {world.Certifications.Sum(one => one.Schemes.Count(scheme => Scheme.Frauds.Contains(scheme.Scheme)))} frauds."));
            return 0;
        });
        return command;
    }

    private static int AtLeast(int value, int least, string option) => value >= least ? value : throw new InputException($"{option} is at least {least}.");

    private static string Known(string id) => Scheme.Frauds.Any(scheme => scheme.Id == id)
        ? id
        : throw new InputException($"--typologies: «{id}» is none of {string.Join(", ", Scheme.Frauds.Select(scheme => scheme.Id))}.");
}
