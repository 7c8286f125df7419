using System.CommandLine;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Matching.Data;
using Cpf.Ml.Training.Matching.Learning;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>
/// <c>cpf-ml evaluate matching</c>: the newest fiches of the register, which training does not see, against baselines.
/// </summary>
internal static class MatchingEvaluation
{
    /// <summary>A fifth of the fiches of 2021 with formacodes, as in the field's reference.</summary>
    private const int MaxTest = 811;

    public static Command Create()
    {
        var data = MatchingTraining.DataOption();
        var command = new LeafCommand(
            "matching",
            "Links of the newest fiches of the register, which training does not see: nDCG, recall and calibration, "
                + "against baselines.",
            """
            data import matching --from data/examples/published --out out/registers
            evaluate matching --data out/registers
            """)
        {
            data, ResultOption.Create(),
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the register and the ROME");
            var (register, jobs, _, _) = MatchingData.Read(parsed.GetRequiredValue(data).FullName);
            progress.Begin("held-out job titles");
            var titles = TitleHoldOut.Measure(jobs, [.. register.Where(fiche => fiche.Jobs.Length > 0)]);
            var (figures, use) = Measure(register, jobs, progress);
            ResultOption.Write(parsed, [Interval.Seed], () => LinkFigures.From(figures, use, titles));
            return new CommandResult(new { figures, use, titles }, console => Print(console, figures, use, titles));
        });
        return command;
    }

    private static (MatchingFigures Figures, MatchingUse Use) Measure(
        IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs, Progress progress)
    {
        var known = register.Where(fiche => fiche.Formacodes.Length > 0 && fiche.Jobs.Length > 0)
            .OrderByDescending(fiche => fiche.Number)
            .ToList();
        var test = known.Take(Math.Min(MaxTest, (known.Count + 4) / 5)).ToList();
        if (test.Count == 0)
        {
            throw new InputException($"--data: {known.Count} fiches have formacodes and declared jobs; there is "
                + "nothing to evaluate.");
        }

        var first = test.Min(fiche => fiche.Number);
        var (model, bands) = MatchingPipeline.Fit(
            [.. register.Where(fiche => fiche.Number < first && fiche.Jobs.Length > 0)], register, jobs, progress);
        progress.Begin("ranking held-out fiches");
        var figures = MatchingFigures.Measure(model, test, jobs);
        progress.Begin("using the links of held-out fiches");
        return (figures, MatchingUse.Measure(model, test, register, jobs, bands));
    }

    private static void Print(TextWriter console, MatchingFigures figures, MatchingUse use, TitleFigures titles)
    {
        console.WriteLine(
            Invariant($"{figures.New} new certifications and {figures.Renewals} renewals, {figures.Queries} jobs; ")
                + Invariant($"mean, ")
            + "bootstrap interval of 95 % over queries");
        console.WriteLine($"{"",-28}{"new: nDCG@10",22}{"recall@10",12}{"renewal: nDCG@10",24}{"recall@10",12}"
            + $"{"job to certification",22}{"new only",10}");
        foreach (var row in figures.Rows)
        {
            console.WriteLine($"{row.Name,-28}{Cell(row.NewNdcg),22}" + Invariant($"{row.NewRecall.Mean,12:F3}")
                + $"{Cell(row.RenewalNdcg),24}" + Invariant($"{row.RenewalRecall.Mean,12:F3}")
                + $"{Cell(row.JobNdcg),22}" + Invariant($"{row.NewJobNdcg.Mean,10:F3}"));
        }

        console.WriteLine(Invariant(
            $"Calibration error {figures.CalibrationError:F3}; recall at 90 % precision {figures.ReachedAt90:F3}"));
        foreach (var tier in use.Tiers)
        {
            console.WriteLine(
                Invariant($"  {LinkTiers.NameOf(tier.Tier)}: calibration error {tier.Error:F3} of {tier.Links}; ")
                + Invariant($"{tier.Includes} included without review, of which declared {tier.Included:F3}; ")
                + Invariant($"of the declared left out {tier.Lost:F3}"));
        }

        var levels = use.Levels.Select(level => Invariant($"{level.Level} {level.Ndcg:F3} of {level.Fiches}"));
        console.WriteLine($"nDCG@10 by level: {string.Join(", ", levels)}; job to certification of jobs with at most "
            + "five "
            + Invariant($"training certifications {use.RareJobs:F3}"));
        console.WriteLine(Invariant($"A job's perimeter: precision at recall 0.80 {use.PerimeterPrecision:F3}; ")
            + Invariant($"one declared job masked, nDCG@10 {use.Masked:F3}"));
        var specific = use.Specific is { } count ? Invariant($"{count} found") : "there is nothing in these data";
        console.WriteLine(
            Invariant($"Ecological transition: {use.EcologyPrecision:P0} of the first 50 declare a green or strategic ")
                + Invariant($"job; ")
            + $"of the specific register {specific}");
        console.WriteLine(Invariant($"A query over {use.Catalogued} fiches: {use.QueryMs:F1} ms (95th percentile)"));
        console.WriteLine(Invariant($"Free job title, {titles.Titles} held out: first {titles.First:F3}, ")
            + Invariant($"in five {titles.InFive:F3}, in ten {titles.InTen:F3}"));
    }

    private static string Cell(Interval interval) => Invariant($"{interval.Mean:F3} ")
        + Invariant($"({interval.Low:F3}-{interval.High:F3})");
}
