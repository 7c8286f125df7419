using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary><c>cpf-ml train certifications</c>: what controls have taught, as a model folder.</summary>
internal static class CertificationsTraining
{
    public const string CardName = "card.md";

    public static Command Create(Option<bool> json)
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder of platform data with the table controls, see docs/platform-data.md." };
        var models = new Option<DirectoryInfo>("--models") { Required = true, Description = "Folder of models; certifications/ in it is written." };
        var known = new Option<string?>("--known") { Description = "Nothing decided on this day or later is taught: yyyy-MM-dd. The day after the last purchase by default." };
        var command = new Command("certifications", "What controls have taught, with manifest and card.") { data, models, known };
        command.SetAction(parsed =>
        {
            using var platform = PlatformFolder.Open(parsed.GetRequiredValue(data).FullName);
            var day = parsed.GetValue(known) is { } text ? PlatformFolder.Day("--known", text) : PlatformFolder.LastDay(platform);
            var folder = Path.Combine(parsed.GetRequiredValue(models).FullName, CertificationModel.Name);
            Report(Run(platform, parsed.GetRequiredValue(data).FullName, day, folder), folder, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    /// <summary>From data to a model folder. The same data and day give the same bytes.</summary>
    public static CertificationManifest Run(PlatformData platform, string data, DateOnly known, string folder)
    {
        var examples = ControlledExamples.Read(platform, known);
        if (examples.Controlled == 0)
        {
            throw new InputException($"{data}: no control of a certification with enough dossiers was decided before {known:yyyy-MM-dd}; there is nothing to learn from.");
        }

        var (model, figures) = CertificationLearning.Fit(examples);
        var files = new Dictionary<string, byte[]> { [CertificationModel.FileName] = model.Write() };
        var manifest = ModelFolder.Seal(
            new CertificationManifest
            {
                Name = CertificationModel.Name,
                Evidence = CertificationEvidence.Model,
                Code = typeof(CertificationScorer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Columns = EvidenceVector.Names,
                Known = known,
                Data = PlatformFolder.Hashes(data),
                Figures = figures,
            },
            files);
        ModelFolder.Write(folder, manifest, files, new Dictionary<string, byte[]> { [CardName] = Encoding.UTF8.GetBytes(CertificationCard.Of(manifest)) });
        return manifest;
    }

    private static void Report(CertificationManifest manifest, string folder, bool json, TextWriter console)
    {
        var figures = manifest.Figures;
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new
            {
                model = $"{manifest.Name}@{manifest.Version}",
                folder,
                controls = figures.Controls,
                confirmed = figures.Confirmed,
                random = figures.Random,
                random_confirmed = figures.RandomConfirmed,
                loss_of_evidence = figures.LossOfEvidence,
                loss_of_trees = double.IsFinite(figures.LossOfTrees) ? figures.LossOfTrees : (double?)null,
                uses_trees = figures.UsesTrees,
            }));
            return;
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}@{manifest.Version}: {figures.Controls} controls, {figures.Confirmed} confirmed, in {folder}"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"foretold without having been taught: mean loss {figures.LossOfEvidence:F4} by the evidence alone, {figures.LossOfTrees:F4} with trees{(figures.UsesTrees ? "" : "; trees are left out, the ranking stays that of the evidence")}"));
        foreach (var bin in figures.Bins)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from {bin.From:P0}: {bin.Controls} controls, promised {bin.Promised:P1}, found {bin.Found:P1}"));
        }
    }
}
