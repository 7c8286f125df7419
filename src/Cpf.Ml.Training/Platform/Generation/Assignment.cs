using Cpf.Ml.Training.Platform.Generation.Schemes;
using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>Which certifications have a fraud, and which a legitimate situation that looks like one.</summary>
internal static class Assignment
{
    /// <summary>Dossiers a month: nobody takes the trouble for fewer, and of fewer nothing can be seen.</summary>
    private const double MinDossiers = 15;

    public static void Assign(World world)
    {
        var (random, options) = (world.Random, world.Options);
        var monthly = (double)options.Purchases / options.Months;
        var candidates = world.Certifications
            .Where(certification => certification.Weight * monthly >= MinDossiers && certification.Sellers.Count > 0
                && certification.ExpiresOn > options.End && certification.LaunchedOn < options.Begin.AddMonths(6))
                .ToArray();
        random.Shuffle(candidates);
        var free = new Queue<Certification>(candidates);

        var frauds = SchemeCatalogue.Frauds.Where(scheme => options.Typologies?.Contains(scheme.Id) ?? true).ToList();
        var count = frauds.Count == 0 ? 0
            : Math.Max(frauds.Count, (int)Math.Round(options.Prevalence * options.Certifications));
        for (var i = 0; i < count && free.Count > 0; i++)
        {
            // Begun over the second half of the world: some long ago, some a few weeks.
            var onset = options.End.AddDays(-random.Next(21, Math.Max(60, options.Months * 15)));
            Begin(world, new SchemeInstance(frauds[i % frauds.Count],
                free.Dequeue(), random.Between(0.1, 1), onset, random.Next(14, 60), random.Between(0, 0.4)));
        }

        foreach (var scheme in SchemeCatalogue.Legitimate)
        {
            for (var i = 0; i < Math.Max(2, options.HardNegatives * options.Certifications) && free.Count > 0; i++)
            {
                var onset = options.End.AddDays(-random.Next(21, 200));
                Begin(world, new SchemeInstance(scheme, free.Dequeue(), 1, onset, 14, 0));
            }
        }
    }

    private static void Begin(World world, SchemeInstance instance)
    {
        instance.Certification.Schemes.Add(instance);
        instance.Scheme.Arrange(instance, world);
    }
}
