using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Training.Matching.Import;

namespace Cpf.Ml.Training.Matching;

/// <summary><c>cpf-ml train matching</c>: the model of links between certifications and jobs.</summary>
internal static class MatchingTraining
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder that data import matching has written, or the published files themselves." };
        var models = new Option<DirectoryInfo>("--models") { Required = true, Description = "Folder of models; matching/ in it is written." };
        var command = new Command("matching", "Links between certifications and jobs, learnt from the register and the ROME.") { data, models };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(data).FullName;
            var (register, jobs, shortages, registerOn) = MatchingData.Read(folder);
            var (model, bands) = MatchingPipeline.Fit([.. register.Where(fiche => fiche.Jobs.Length > 0)], register, jobs);
            var files = MatchingFiles.Write(model, CatalogueBuilding.Of(model, register), shortages, bands);
            var manifest = ModelFolder.Seal(
                new MatchingManifest
                {
                    Name = MatchingModel.Name,
                    Code = typeof(MatchingModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                    Signals = LinkSignals.Names,
                    Fiches = model.Knowledge.Fiches.Count,
                    Jobs = model.Knowledge.Jobs.Length,
                    RegisterOn = registerOn,
                    Data = Hashes(folder),
                },
                files);
            var output = Path.Combine(parsed.GetRequiredValue(models).FullName, MatchingModel.Name);
            ModelFolder.Write(output, manifest, files, new Dictionary<string, byte[]> { [MatchingCard.Name] = Encoding.UTF8.GetBytes(MatchingCard.Of(manifest, bands)) });
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}@{manifest.Version}: {manifest.Fiches} certifications, {manifest.Jobs} jobs, in {output}"));
            return 0;
        });
        return command;
    }

    private static Dictionary<string, string> Hashes(string data)
    {
        IEnumerable<string> files = File.Exists(Path.Combine(data, MatchingData.Files[0])) ? MatchingData.Files.Select(name => Path.Combine(data, name)) : PublishedFolders.In(data).All.SelectMany(Directory.EnumerateFiles);
        return files.Order(StringComparer.Ordinal).ToDictionary(file => Path.GetRelativePath(data, file).Replace('\\', '/'), file => ModelFolder.Hash(File.ReadAllBytes(file)));
    }
}
