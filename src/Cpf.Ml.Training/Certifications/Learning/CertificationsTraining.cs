using System.CommandLine;
using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Platform;
using static System.FormattableString;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary><c>cpf-ml train certifications</c>: a model learnt from controls, as a model folder.</summary>
internal static class CertificationsTraining
{
    public const string CardName = "card.md";

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Required = true,
            Description = "Folder of platform data with the table controls, see docs/platform-data.md.",
        };
        var models = new Option<DirectoryInfo>("--models")
        {
            Required = true,
            Description = "Folder of models, in which certifications/ is written.",
        };
        var known = new Option<string?>("--known")
        {
            Description = "First day, yyyy-MM-dd, whose decisions are not used. By default the day after the last "
                + "purchase.",
        };
        var command = new LeafCommand(
            "certifications",
            "Trains a model on decided controls and writes it with manifest and card.",
            "train certifications --data data/sample --models out/models")
        {
            data, models, known,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading and validating the data");
            using var platform = PlatformFolder.Open(parsed.GetRequiredValue(data).FullName);
            var day = parsed.GetValue(known) is { } text
                ? PlatformFolder.Day("--known", text)
                : PlatformFolder.LastDay(platform);
            var folder = Path.Combine(parsed.GetRequiredValue(models).FullName, CertificationModel.Name);
            progress.Begin("learning from controls");
            return Report(Run(platform, parsed.GetRequiredValue(data).FullName, day, folder), folder);
        });
        return command;
    }

    /// <summary>From data to a model folder. The same data and day give the same bytes.</summary>
    public static CertificationManifest Run(PlatformData platform, string data, DateOnly known, string folder)
    {
        var examples = ControlledExamples.Read(platform, known);
        if (examples.Controlled == 0)
        {
            throw new InputException(Invariant($"{data}: no control of a certification with enough dossiers was ")
                + Invariant($"decided before {known:yyyy-MM-dd}; there is nothing to learn from."));
        }

        var (model, figures) = CertificationLearning.Fit(examples);
        var files = new Dictionary<string, byte[]> { [CertificationModel.FileName] = model.Write() };
        var manifest = ModelFolder.Seal(
            new CertificationManifest
            {
                Name = CertificationModel.Name,
                Evidence = CertificationEvidence.Model,
                Code = typeof(CertificationScorer).Assembly
                    .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Columns = EvidenceVector.Names,
                Known = known,
                Data = TableFiles.Hashes(data, PlatformContract.Tables),
                Figures = figures,
            },
            files);
        var card = Encoding.UTF8.GetBytes(CertificationModelCard.Write(manifest));
        ModelFolder.Write(folder, manifest, files, new Dictionary<string, byte[]> { [CardName] = card });
        return manifest;
    }

    private static CommandResult Report(CertificationManifest manifest, string folder)
    {
        var figures = manifest.Figures;
        var document = new
        {
            model = $"{manifest.Name}@{manifest.Version}",
            folder,
            controls = figures.Controls,
            confirmed = figures.Confirmed,
            random = figures.Random,
            random_confirmed = figures.RandomConfirmed,
            loss_of_evidence = figures.LossOfEvidence,
            loss_of_trees = figures.LossOfTrees,
            uses_trees = figures.UsesTrees,
        };
        return new CommandResult(document, console =>
        {
            console.WriteLine(Invariant($"{manifest.Name}@{manifest.Version}: {figures.Controls} controls, ")
                + Invariant($"{figures.Confirmed} confirmed, in {folder}"));
            console.WriteLine(Invariant($"cross-validated log loss: {figures.LossOfEvidence:F4} by the evidence ")
                + Invariant($"alone, ")
                + Invariant($"{figures.LossOfTrees:F4} with trees")
                + (figures.UsesTrees ? "" : "; trees are left out, the ranking stays that of the evidence"));
            foreach (var bin in figures.Bins)
            {
                console.WriteLine(Invariant($"from {bin.From:P0}: {bin.Controls} controls, predicted ")
                    + Invariant($"{bin.Promised:P1}, confirmed {bin.Found:P1}"));
            }
        });
    }
}
