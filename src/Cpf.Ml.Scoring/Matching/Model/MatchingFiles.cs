using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>A model of links as files of its folder: weights as binary, register and ROME as JSON.</summary>
public static class MatchingFiles
{
    private const string Links = "links.bin";
    private const string Titles = "titles.bin";
    private const string Register = "register.json";
    private const string Rome = "rome.json";
    private const string Catalogue = "catalogue.json";
    private const string Scarce = "shortages.json";
    private const string Bands = "bands.json";
    private static readonly string[] All = [Links, Titles, Register, Rome, Catalogue, Scarce, Bands];
    private static readonly JsonSerializerOptions Json =
        new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <exception cref="ModelFormatException">The folder is damaged, changed, of other signals, or newer than this
    /// program; the message says what and where.</exception>
    internal static (MatchingModel Model, MatchingManifest Manifest) Read(string folder) =>
        Open(folder, (files, rome) =>
    {
        var register = JsonSerializer.Deserialize<Known>(files[Register]) ?? throw new JsonException("null");
        using var links = new BinaryReader(new MemoryStream(files[Links]));
        ImmutableArray<string> codes = [.. Enumerable.Range(0, links.ReadInt32()).Select(_ => links.ReadString())];
        float[] prior = [.. codes.Select(_ => links.ReadSingle())];
        var knowledge = MatchingKnowledge.Build(codes, prior, FeatureSpace.Read(links),
            LinearModel.Read(links), LinearModel.Read(links), register.Fiches, rome, register.Ancestors);
        return new MatchingModel(knowledge, register.Weighing, ReadTitles(files), rome);
    });

    /// <summary>What is needed to look certifications up, without what links new ones.</summary>
    /// <exception cref="ModelFormatException">As <see cref="Read"/>.</exception>
    public static (MatchingCatalogue Catalogue, MatchingManifest Manifest) ReadCatalogue(string folder) =>
        Open(folder, (files, rome) => new MatchingCatalogue(
            ReadTitles(files), rome, JsonSerializer.Deserialize<ImmutableArray<CataloguedFiche>>(
                files[Catalogue], Json), JsonSerializer.Deserialize<ImmutableArray<Shortage>>(files[Scarce]),
                JsonSerializer.Deserialize<ImmutableArray<LinkBand>>(files[Bands])));

    private static (T Read, MatchingManifest Manifest) Open<T>(
        string folder, Func<IReadOnlyDictionary<string, byte[]>, ImmutableArray<Job>, T> read)
    {
        var (manifest, files) = ModelFolder.Read<MatchingManifest>(folder);
        if (manifest.Name != MatchingModel.Name || !All.All(files.ContainsKey))
        {
            throw new ModelFormatException($"{folder}: this is no model of links: it is called {manifest.Name}, and "
                + $"needs files {string.Join(", ", All)}.");
        }

        if (!manifest.Signals.SequenceEqual(LinkSignals.Names))
        {
            throw new ModelFormatException(
                $"{folder}: it was trained on other signals than this program has. Train it again.");
        }

        try
        {
            return (read(files, JsonSerializer.Deserialize<ImmutableArray<Job>>(files[Rome])), manifest);
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new ModelFormatException($"{folder}: {exception.Message}", exception);
        }
    }

    private static JobTitleModel ReadTitles(IReadOnlyDictionary<string, byte[]> files)
    {
        using var titles = new BinaryReader(new MemoryStream(files[Titles]));
        ImmutableArray<string> jobs = [.. Enumerable.Range(0, titles.ReadInt32()).Select(_ => titles.ReadString())];
        return new JobTitleModel(jobs, FeatureSpace.Read(titles), LinearModel.Read(titles));
    }

    /// <summary>The same model gives the same bytes.</summary>
    internal static Dictionary<string, byte[]> Write(MatchingModel model, ImmutableArray<CataloguedFiche> catalogue,
        ImmutableArray<Shortage> shortages, ImmutableArray<LinkBand> bands) => new()
        {
            [Links] = Binary(writer =>
            {
                writer.Write(model.Knowledge.Jobs.Length);
                foreach (var code in model.Knowledge.Jobs)
                {
                    writer.Write(code);
                }

                foreach (var share in model.Knowledge.Prior)
                {
                    writer.Write(share);
                }

                model.Knowledge.Space.Write(writer);
                model.Knowledge.Linear.Write(writer);
                model.Knowledge.Choice.Write(writer);
            }),
            [Titles] = Binary(writer =>
            {
                writer.Write(model.Titles.Jobs.Length);
                foreach (var code in model.Titles.Jobs)
                {
                    writer.Write(code);
                }

                model.Titles.Space.Write(writer);
                model.Titles.Linear.Write(writer);
            }),
            [Register] = JsonSerializer.SerializeToUtf8Bytes(new Known(
            [.. model.Knowledge.Fiches.Select(fich => fich.Fiche)],
            model.Knowledge.Ancestors.OrderBy(ancestor => ancestor.Key, StringComparer.Ordinal)
                .ToDictionary(), model.Weighing)),
            [Rome] = JsonSerializer.SerializeToUtf8Bytes(model.JobTexts),
            [Catalogue] = JsonSerializer.SerializeToUtf8Bytes(catalogue, Json),
            [Scarce] = JsonSerializer.SerializeToUtf8Bytes(shortages),
            [Bands] = JsonSerializer.SerializeToUtf8Bytes(bands),
        };

    private static byte[] Binary(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private sealed record Known(
        ImmutableArray<Fiche> Fiches, Dictionary<string, ImmutableArray<string>> Ancestors, SignalWeighing Weighing);
}
