using System.Globalization;
using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>Makes a world and writes it: the same options, the same bytes.</summary>
internal static class WorldGenerator
{
    /// <summary>What is true of the world and no service can know: read by evaluations only.</summary>
    public const string Truth = "truth.csv";

    /// <summary>Certifications that are simulated at once: their dossiers are in memory together.</summary>
    private const int AtOnce = 128;

    /// <param name="register">Titles of the real register; null invents them.</param>
    /// <param name="progress">Is told the share that is done.</param>
    public static World Generate(GeneratorOptions options,
        IReadOnlyList<RegisterEntry>? register, string folder, Action<double>? progress = null)
    {
        var world = Population.Build(options, register);
        using var writer = new PlatformWriter();
        var rows = new WorldWriter(world, writer);
        rows.Population();
        foreach (var chunk in world.Certifications.Chunk(AtOnce))
        {
            var dossiers = new List<Dossier>[chunk.Length];
            Parallel.For(0, chunk.Length, i => dossiers[i] = new Simulation(world, chunk[i]).Run());
            foreach (var (certification, all) in chunk.Zip(dossiers))
            {
                rows.Dossiers(certification, all);
            }

            progress?.Invoke((chunk[^1].Index + 1.0) / world.Certifications.Count);
        }

        writer.Save(folder);
        File.WriteAllLines(Path.Combine(folder, Truth), [
            "certification_id,scheme,strength,onset,evasion",
            .. world.Certifications.SelectMany(certification => certification.Schemes).Select(instance => string.Create(
                CultureInfo.InvariantCulture,
                $"{instance.Certification.Id},{instance.Scheme.Id},{instance.Strength:R},{instance.Onset:yyyy-MM-dd},"
                    + $"{instance.Evasion:R}"))]);
        return world;
    }
}
