using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Matching;

internal static class RecommendationEndpoints
{
    /// <summary>Rows of one answer.</summary>
    private const int MaxRows = 500;

    private const int Suggestions = 8;

    extension(WebApplication app)
    {
        public void MapRecommendations()
        {
            var matching = app.MapGroup("/api/v1/matching").WithTags("Matching").RequireAuthorization(Scopes.Fund);
            matching.MapGet("suggestions",
                (string? q, CatalogueLoading loading) => TypedResults.Ok(loading.Required.Understanding.Complete(
                    q ?? "", Suggestions).Select(row => new JobSuggestion(row.Title, row.Job))))
                .WithSummary("Titles of jobs that begin with what is typed, at most eight.");
            matching.MapGet("jobs", (string? q, CatalogueLoading loading) =>
                TypedResults.Ok(JobAnswer.Build(loading.Required, loading.Required.Understanding.Understand(q ?? ""))))
                .WithSummary("Which jobs a text means: a title, a code (ROME, RNCP, RS, Formacode, NSF), a theme, a "
                    + "sector, a shortage.");
            matching.MapGet(
                "certifications",
                ([AsParameters] SearchParameters search, [AsParameters] RowRange range, CatalogueLoading loading) =>
                    TypedResults.Ok(RecommendationAnswer.Build(loading.Required, search, range)))
                .WithSummary($"Certifications that lead to jobs, declared links first; at most {MaxRows} a page.");
            matching.MapGet("certifications/{id}",
                (string id, CatalogueLoading loading) => TypedResults.Ok(CertificationCard.Build(loading.Required, id)))
                .WithSummary("A certification: the jobs that it leads to, why, and what to know before it is funded.");
            matching.MapPost("passport", (PassportRequest body,
                CatalogueLoading loading) => TypedResults.Ok(PassportAnswer.Build(loading.Required, body)))
                .WithSummary(
                    "From a person's skills and certifications towards a job: what they have, what is missing, "
                    + "which certifications add most. Nothing is kept or logged.");
        }
    }

    /// <param name="MostPrice">Of the median dossier, EUR; needs platform data.</param>
    /// <param name="Skip">Rows passed over.</param>
    /// <param name="Take">Rows answered, 50 where not given.</param>
    internal sealed record RowRange(int? MostPrice, int? Skip, int? Take)
    {
        public int From => Math.Max(0, Skip ?? 0);

        public int Rows => Math.Clamp(Take ?? 50, 1, MaxRows);
    }

    /// <param name="Job">ROME code, version 3.</param>
    /// <param name="Skills">What the person can do, in words.</param>
    /// <param name="Certifications">Codes of those that they hold.</param>
    internal sealed record PassportRequest(string Job, string[]? Skills = null, string[]? Certifications = null)
    {
        private const int MaxEntries = 50;
        private const int MaxSkillLength = 500;

        public SkillsPassport Answer(LoadedCatalogue loaded) => loaded.Catalogue.JobOf(Job) is null
            ? throw new RefusedException(404, new("Ce métier n'est pas au ROME.", "This job is not in the ROME."))
            : (Skills?.Length ?? 0) > MaxEntries
                || (Certifications?.Length ?? 0) > MaxEntries
                || Skills?.Any(skill => skill.Length > MaxSkillLength) == true
                ? throw new RefusedException(
                    400, new($"Au plus {MaxEntries} compétences de {MaxSkillLength} caractères et {MaxEntries} "
                        + $"certifications.",
                        $"At most {MaxEntries} skills of {MaxSkillLength} characters and {MaxEntries} certifications."))
                : SkillsPassport.Compute(loaded.Catalogue,
                    Job, Skills ?? [], [.. (Certifications ?? []).Select(name => name.Trim().ToUpperInvariant())]);
    }

    internal sealed record PassportRow(string Certification,
        string Title, int? Level, LinkTier Tier, double? Probability, ImmutableArray<string> Adds);

    internal sealed record PassportAnswer(string Model, string Job, string Label,
        ImmutableArray<string> Has, ImmutableArray<string> Missing, ImmutableArray<PassportRow> Certifications)
    {
        public static PassportAnswer Build(LoadedCatalogue loaded, PassportRequest request)
        {
            var passport = request.Answer(loaded);
            return new(
                loaded.Model, passport.Target.Code, passport.Target.Label, passport.Has, passport.Missing,
                [.. passport.Steps.Select(
                    step => new PassportRow(
                        step.Fiche.Fiche.Id, step.Fiche.Fiche.Title, step.Fiche.Fiche.Level, step.Link.Tier,
                        step.Link.Tier == LinkTier.Declared ? null : step.Link.Probability, step.Adds))]);
        }
    }

    internal sealed record JobSuggestion(string Title, string Job);

    /// <param name="Confidence">In [0, 1]; 1 where there is no doubt.</param>
    internal sealed record JobRow(string Job, string Label, double Confidence, ImmutableArray<string> Rome4);

    /// <param name="WrittenOn">The model.</param>
    /// <param name="RegisterOn">Day of the register that it was trained on; null where its files state none.</param>
    internal sealed record JobAnswer(string Model, DateOnly WrittenOn,
        DateOnly? RegisterOn, JobQueryKind Kind, string? Name, string? Region, ImmutableArray<JobRow> Jobs)
    {
        public static JobAnswer Build(LoadedCatalogue loaded, JobQuery understood) => new(
            loaded.Model,
            loaded.WrittenOn, loaded.Manifest.RegisterOn, understood.Kind, understood.Name?.Fr, understood.Region?.Code,
            [.. understood.Jobs.Select(job => (job.Confidence, Job: loaded.Catalogue.JobOf(job.Job)!))
                .Select(row => new JobRow(row.Job.Code,
                    row.Job.Label, Math.Round(row.Confidence, 3), [.. row.Job.Recent.Select(recent => recent.Code)]))]);
    }

    /// <param name="Probability">That a certifier would declare the link; null where it is declared.</param>
    internal sealed record RecommendationRow(string Certification, string Title, int? Level,
        DateOnly? ExpiresOn, string Job, LinkTier Tier, double? Probability, LinkVerdict Verdict, string Why);

    /// <param name="JobsWithout">Of the jobs, those that no certification leads to.</param>
    internal sealed record RecommendationAnswer(JobAnswer Understood, ImmutableArray<string> Jobs,
        int Total, int Declared, ImmutableArray<string> JobsWithout, ImmutableArray<RecommendationRow> Certifications)
    {
        public static RecommendationAnswer Build(
            LoadedCatalogue loaded, SearchParameters search, RowRange range)
        {
            var found = loaded.Ask(search.ToQuery(range.MostPrice));
            return new(
                JobAnswer.Build(loaded, found.Understood), found.Jobs,
                found.All.Length,
                found.All.Count(recommendation => recommendation.Link.Tier == LinkTier.Declared), found.JobsWithout,
                [.. found.All.Skip(range.From)
                    .Take(range.Rows).Select(recommendation => Row(loaded.Catalogue, recommendation))]);
        }

        private static RecommendationRow Row(MatchingCatalogue catalogue, Recommendation recommendation) => new(
            recommendation.Fiche.Fiche.Id,
            recommendation.Fiche.Fiche.Title, recommendation.Fiche.Fiche.Level, recommendation.Fiche.Fiche.ExpiresOn,
            recommendation.Link.Job, recommendation.Link.Tier, recommendation.Link.Tier == LinkTier.Declared ? null
                : recommendation.Link.Probability, recommendation.Verdict,
            catalogue.Why(recommendation.Link).Fr);
    }
}
