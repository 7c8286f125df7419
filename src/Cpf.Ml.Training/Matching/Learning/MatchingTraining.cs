using System.CommandLine;
using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Matching.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary><c>cpf-ml train matching</c>: the model of links between certifications and jobs.</summary>
internal static class MatchingTraining
{
    public static Command Create()
    {
        var data = DataOption();
        var models = new Option<DirectoryInfo>("--models")
        {
            Required = true,
            Description = "Folder of models, in which matching/ is written.",
        };
        var command = new LeafCommand(
            "matching",
            "Trains the links between certifications and jobs on the register and the ROME.",
            """
            data import matching --from data/examples/published --out out/registers
            train matching --data out/registers --models out/models
            """)
        {
            data, models,
        };
        command.SetWork((parsed, progress) => Run(
            parsed.GetRequiredValue(data).FullName,
            Path.Combine(parsed.GetRequiredValue(models).FullName, MatchingModel.Name),
            progress));
        return command;
    }

    /// <summary>The register and the ROME, which training and evaluation read.</summary>
    public static Option<DirectoryInfo> DataOption() => new("--data")
    {
        Required = true,
        Description = "Folder that data import matching has written, or of the published files themselves.",
    };

    private static CommandResult Run(string data, string output, Progress progress)
    {
        progress.Begin("reading the register and the ROME");
        var (register, jobs, shortages, registerOn) = MatchingData.Read(data);
        var (model, bands) = MatchingPipeline.Fit(
            [.. register.Where(fiche => fiche.Jobs.Length > 0)], register, jobs, progress);
        progress.Begin("linking the register and writing the model");
        var files = MatchingFiles.Write(model, CatalogueBuilding.Link(model, register), shortages, bands);
        var manifest = ModelFolder.Seal(
            new MatchingManifest
            {
                Name = MatchingModel.Name,
                Code = typeof(MatchingModel).Assembly
                    .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Signals = LinkSignals.Names,
                Fiches = model.Knowledge.Fiches.Count,
                Jobs = model.Knowledge.Jobs.Length,
                RegisterOn = registerOn,
                Data = Hashes(data),
            },
            files);
        var card = Encoding.UTF8.GetBytes(MatchingModelCard.Render(manifest, bands));
        ModelFolder.Write(output, manifest, files, new Dictionary<string, byte[]> { [MatchingModelCard.Name] = card });
        var name = $"{manifest.Name}@{manifest.Version}";
        return new CommandResult(
            new
            {
                model = name,
                folder = output,
                certifications = manifest.Fiches,
                manifest.Jobs,
                register_on = registerOn,
            },
            console => console.WriteLine(
                Invariant($"{name}: {manifest.Fiches} certifications, {manifest.Jobs} jobs, in {output}")));
    }

    private static Dictionary<string, string> Hashes(string data)
    {
        var files = File.Exists(Path.Combine(data, MatchingData.Files[0]))
            ? MatchingData.Files.Select(name => Path.Combine(data, name))
            : PublishedFolders.In(data).All.SelectMany(Directory.EnumerateFiles);
        return files.Order(StringComparer.Ordinal).ToDictionary(
            file => Path.GetRelativePath(data, file).Replace('\\', '/'),
            file => ModelFolder.Hash(File.ReadAllBytes(file)));
    }
}
