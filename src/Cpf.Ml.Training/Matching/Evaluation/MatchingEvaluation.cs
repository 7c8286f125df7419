using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Matching.Import;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary><c>cpf-ml evaluate matching</c>: the newest fiches of the register, whose jobs the model is not told, beside baselines.</summary>
internal static class MatchingEvaluation
{
    /// <summary>A fifth of the fiches with formacodes, as the field's reference takes them.</summary>
    private const int Newest = 811;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Create(Option<bool> json)
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder that data import matching has written, or the published files themselves." };
        var command = new Command("matching", "The newest fiches of the register, whose jobs the model is not told: what it links them to, beside baselines.") { data, ResultOption.Create() };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(data).FullName;
            var (register, jobs, _, _) = MatchingData.Read(folder);
            var titles = TitleHoldOut.Measure(jobs, [.. register.Where(fiche => fiche.Jobs.Length > 0)]);
            var (figures, use) = Measure(register, jobs);
            Report(figures, use, titles, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            ResultOption.Write(parsed, [1], () => LinkFigures.From(figures, use, titles)); // of the bootstrap, Interval.Of
            return 0;
        });
        return command;
    }

    private static (MatchingFigures Figures, MatchingUse Use) Measure(IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs)
    {
        var test = register.Where(fiche => fiche.Formacodes.Length > 0 && fiche.Jobs.Length > 0).OrderByDescending(fiche => fiche.Number).Take(Newest).ToList();
        var first = test.Min(fiche => fiche.Number);
        var (model, bands) = MatchingPipeline.Fit([.. register.Where(fiche => fiche.Number < first && fiche.Jobs.Length > 0)], register, jobs);
        return (MatchingFigures.Of(model, test, jobs), MatchingUse.Of(model, test, register, jobs, bands));
    }

    private static void Report(MatchingFigures figures, MatchingUse use, TitleFigures titles, bool json, TextWriter console)
    {
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new { figures, use, titles }, Json));
            return;
        }

        console.WriteLine(Line($"{figures.New} new certifications and {figures.Renewals} renewals, {figures.Queries} jobs; mean, interval of 95 % over queries (bootstrap)"));
        console.WriteLine(Line($"{"",-28}{"new: nDCG@10",22}{"recall@10",12}{"renewal: nDCG@10",24}{"recall@10",12}{"job to certification",22}{"new only",10}"));
        foreach (var row in figures.Rows)
        {
            console.WriteLine(Line($"{row.Name,-28}{Cell(row.NewNdcg),22}{row.NewRecall.Mean,12:F3}{Cell(row.RenewalNdcg),24}{row.RenewalRecall.Mean,12:F3}{Cell(row.JobNdcg),22}{row.NewJobNdcg.Mean,10:F3}"));
        }

        console.WriteLine(Line($"Calibration error {figures.CalibrationError:F3}; declared pairs reached at 90 % precision {figures.ReachedAt90:F3}"));
        foreach (var one in use.Tiers)
        {
            console.WriteLine(Line($"  {one.Tier.ToString().ToLowerInvariant()}: calibration error {one.Error:F3} of {one.Links}; {one.Includes} included without a look, of which declared {one.Included:F3}; of the declared left out {one.Lost:F3}"));
        }

        console.WriteLine("nDCG@10 by level: " + string.Join(", ", use.Levels.Select(one => Line($"{one.Level} {one.Ndcg:F3} of {one.Fiches}"))) + Line($"; job to certification of jobs that at most five taught {use.RareJobs:F3}"));
        console.WriteLine(Line($"A job's perimeter: precision at recall 0.80 {use.PerimeterPrecision:F3}; one declared job masked, nDCG@10 {use.Masked:F3}"));
        console.WriteLine(Line($"Ecological transition: {use.EcologyPrecision:P0} of the first 50 declare a green or strategic job; of the specific register {(use.Specific is { } specific ? Line($"{specific} found") : "there is nothing in these data")}"));
        console.WriteLine(Line($"A query over {use.Catalogued} fiches: {use.QueryMs:F1} ms (95th percentile)"));
        console.WriteLine(Line($"Free job title, {titles.Titles} held out: first {titles.First:F3}, in five {titles.InFive:F3}, in ten {titles.InTen:F3}"));
    }

    private static string Cell(Interval interval) => Line($"{interval.Mean:F3} ({interval.Low:F3}-{interval.High:F3})");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
