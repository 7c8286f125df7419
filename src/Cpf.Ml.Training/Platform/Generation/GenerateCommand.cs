using System.CommandLine;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Platform.Generation.Schemes;
using Cpf.Ml.Training.Platform.Generation.Worlds;
using static System.FormattableString;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary><c>cpf-ml data generate</c>: a synthetic platform, as the tables of <c>docs/platform-data.md</c>.</summary>
internal static class GenerateCommand
{
    private static readonly GeneratorOptions Defaults = new();

    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--out")
        {
            Required = true,
            Description = "Folder for the tables, as Parquet, and for truth.csv.",
        };
        var seed = new RangeOption<int>("--seed", 0, int.MaxValue, "Seed: another seed, another world.")
        {
            DefaultValueFactory = _ => Defaults.Seed,
        };
        var certifications = new RangeOption<int>("--certifications", 20, 100_000, "Certifications on sale.")
        {
            DefaultValueFactory = _ => Defaults.Certifications,
        };
        var purchases = new RangeOption<int>("--purchases", 1000, 100_000_000, "Ordinary dossiers over all months.")
        {
            DefaultValueFactory = _ => Defaults.Purchases,
        };
        var months = new RangeOption<int>("--months", 15, 240, "Months up to the end of June 2026.")
        {
            DefaultValueFactory = _ => Defaults.Months,
        };
        var prevalence = new RangeOption<double>("--prevalence", 0, 0.2, "Share of certifications with a fraud.")
        {
            DefaultValueFactory = _ => Defaults.Prevalence,
        };
        var typologies = new Option<string?>("--typologies")
        {
            Description = "Frauds to draw from, separated by commas: "
                + $"{string.Join(",", SchemeCatalogue.Frauds.Select(scheme => scheme.Id))}. All by default; an empty "
                + "text gives a world without frauds.",
        };
        var register = new Option<DirectoryInfo?>("--register")
        {
            Description = "Folder of an export of the national register, whose titles are used. Invented titles by "
                + "default.",
        };
        var command = new LeafCommand(
            "generate",
            "Generates a synthetic platform: people, offers, purchases, examinations, frauds of known strength, and "
            + "legitimate situations that look like one.",
            "data generate --out out/platform --certifications 120 --purchases 40000 --months 25 --prevalence 0.1 "
                + "--seed 3")
        {
            output, seed, certifications, purchases, months, prevalence, typologies, register,
        };
        command.SetWork((parsed, progress) =>
        {
            var options = Defaults with
            {
                Seed = parsed.GetValue(seed),
                Certifications = parsed.GetValue(certifications),
                Purchases = parsed.GetValue(purchases),
                Months = parsed.GetValue(months),
                Prevalence = parsed.GetValue(prevalence),
                Typologies = parsed.GetValue(typologies) is { } wanted
                    ? [.. Split(wanted).Select(Known)]
                    : Defaults.Typologies,
            };
            var titles = parsed.GetValue(register) is { } exported ? RegisterTitles.Read(exported.FullName) : null;
            var folder = parsed.GetRequiredValue(output).FullName;
            progress.Begin("generating purchases");
            return Report(WorldGenerator.Generate(options, titles, folder), folder);
        });
        return command;
    }

    private static CommandResult Report(World world, string folder)
    {
        var (certifications, organisations) = (world.Certifications.Count, world.Organisations.Count);
        var frauds = world.Certifications.Sum(certification =>
            certification.Schemes.Count(scheme => SchemeCatalogue.Frauds.Contains(scheme.Scheme)));
        return new CommandResult(
            new { folder, certifications, organisations, frauds },
            console => console.WriteLine(Invariant(
                $"{folder}: {certifications} certifications, {organisations} organisations, {frauds} frauds.")));
    }

    private static string[] Split(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Known(string id) => SchemeCatalogue.Frauds.Any(scheme => scheme.Id == id)
        ? id
        : throw new InputException(
            $"--typologies: «{id}» is none of "
                + $"{string.Join(", ", SchemeCatalogue.Frauds.Select(scheme => scheme.Id))}.");
}
