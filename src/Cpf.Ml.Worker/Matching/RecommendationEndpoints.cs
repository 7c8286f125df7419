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
                    q ?? "", Suggestions).Select(one => new JobSuggestion(one.Title, one.Job))))
                .WithSummary("Titles of jobs that begin with what is typed, at most eight.");
            matching.MapGet("jobs", (string? q, CatalogueLoading loading) =>
                TypedResults.Ok(JobAnswer.Of(loading.Required, loading.Required.Understanding.Understand(q ?? ""))))
                .WithSummary("Which jobs a text means: a title, a code (ROME, RNCP, RS, Formacode, NSF), a theme, a "
                    + "sector, a shortage.");
            matching.MapGet("certifications", ([AsParameters] RecommendationParameters query,
                CatalogueLoading loading) => TypedResults.Ok(RecommendationAnswer.Of(loading.Required, query)))
                .WithSummary($"Certifications that lead to jobs, declared links first; at most {MaxRows} a page.");
            matching.MapGet("certifications/{id}",
                (string id, CatalogueLoading loading) => TypedResults.Ok(CertificationCard.Of(loading.Required, id)))
                .WithSummary("A certification: the jobs that it leads to, why, and what to know before it is funded.");
            matching.MapPost("passport", (PassportRequest body,
                CatalogueLoading loading) => TypedResults.Ok(PassportAnswer.Of(loading.Required, body)))
                .WithSummary(
                    "From a person's skills and certifications towards a job: what they have, what is missing, "
                    + "which certifications add most. Nothing is kept or logged.");
        }
    }

    /// <param name="Q">Text, as people type it.</param>
    /// <param name="Job">ROME codes among those understood; the likeliest where none is given.</param>
    /// <param name="Level">European level, 3 to 8.</param>
    /// <param name="Register">RNCP or RS.</param>
    /// <param name="Tier">declared, predecessor, graph, siblings or text.</param>
    /// <param name="Expired">Also certifications that can no longer be registered for.</param>
    /// <param name="Region">Two digits: only what an organisation with its seat there sells. This and the next three
    /// need platform data.</param>
    /// <param name="Remote">Only what is sold at a distance.</param>
    /// <param name="MostPrice">Of the median dossier, EUR.</param>
    /// <param name="Order">link, price, success or dossiers.</param>
    /// <param name="Skip">Rows passed over.</param>
    /// <param name="Take">Rows answered, 50 where not given.</param>
    internal sealed record RecommendationParameters(string? Q, string[]? Job, int? Level, string? Register,
        string? Tier, bool? Expired, string? Region, bool? Remote, int? MostPrice, string? Order, int? Skip, int? Take)
    {
        public RecommendationQuery ToQuery() => new(
            Q ?? "", [.. (Job ?? []).Take(MaxRows)], Level, Register,
            Tier is null ? null : Named<LinkTier>("tier", Tier), Expired ?? false, Region, Remote ?? false, MostPrice,
            Order is null ? RecommendationOrder.Link : Named<RecommendationOrder>("order", Order));

        public int From => Math.Max(0, Skip ?? 0);

        public int Rows => Math.Clamp(Take ?? 50, 1, MaxRows);

        private static T Named<T>(string parameter, string value)
            where T : struct, Enum
        {
            var known = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
            return Enum.TryParse<T>(value, ignoreCase: true, out var named) && Enum.IsDefined(named)
                ? named
                : throw new RefusedException(400, new($"{parameter} : « {value} » n'est aucune des valeurs {known}.",
                    $"{parameter}: “{value}” is none of {known}."));
        }
    }

    /// <param name="Job">ROME code, version 3.</param>
    /// <param name="Skills">What the person can do, in words.</param>
    /// <param name="Certifications">Codes of those that they hold.</param>
    internal sealed record PassportRequest(string Job, string[]? Skills = null, string[]? Certifications = null)
    {
        private const int Most = 50;
        private const int Longest = 500;

        public SkillsPassport Answer(LoadedCatalogue loaded) => loaded.Catalogue.JobOf(Job) is null
            ? throw new RefusedException(404, new("Ce métier n'est pas au ROME.", "This job is not in the ROME."))
            : (Skills?.Length ?? 0) > Most
                || (Certifications?.Length ?? 0) > Most || Skills?.Any(skill => skill.Length > Longest) == true
                ? throw new RefusedException(
                    400, new($"Au plus {Most} compétences de {Longest} caractères et {Most} certifications.",
                        $"At most {Most} skills of {Longest} characters and {Most} certifications."))
                : SkillsPassport.Of(loaded.Catalogue,
                    Job, Skills ?? [], [.. (Certifications ?? []).Select(one => one.Trim().ToUpperInvariant())]);
    }

    internal sealed record PassportRow(string Certification,
        string Title, int? Level, LinkTier Tier, double? Probability, ImmutableArray<string> Adds);

    internal sealed record PassportAnswer(string Model, string Job, string Label,
        ImmutableArray<string> Has, ImmutableArray<string> Missing, ImmutableArray<PassportRow> Certifications)
    {
        public static PassportAnswer Of(LoadedCatalogue loaded, PassportRequest request)
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
    /// <param name="RegisterOn">The day of the register that it was taught with; null where its files say none.</param>
    internal sealed record JobAnswer(string Model, DateOnly WrittenOn,
        DateOnly? RegisterOn, JobQueryKind Kind, string? Name, string? Region, ImmutableArray<JobRow> Jobs)
    {
        public static JobAnswer Of(LoadedCatalogue loaded, JobQuery understood) => new(
            loaded.Model,
            loaded.WrittenOn, loaded.Manifest.RegisterOn, understood.Kind, understood.Name?.Fr, understood.Region?.Code,
            [.. understood.Jobs.Select(job => (job.Confidence, Job: loaded.Catalogue.JobOf(job.Job)!))
                .Select(one => new JobRow(one.Job.Code,
                    one.Job.Label, Math.Round(one.Confidence, 3), [.. one.Job.Recent.Select(recent => recent.Code)]))]);
    }

    /// <param name="Probability">That a certifier would declare the link; null where it is declared.</param>
    internal sealed record RecommendationRow(string Certification, string Title, int? Level,
        DateOnly? ExpiresOn, string Job, LinkTier Tier, double? Probability, LinkVerdict Verdict, string Why);

    /// <param name="JobsWithout">Of the jobs, those that no certification leads to.</param>
    internal sealed record RecommendationAnswer(JobAnswer Understood, ImmutableArray<string> Jobs,
        int Total, int Declared, ImmutableArray<string> JobsWithout, ImmutableArray<RecommendationRow> Certifications)
    {
        public static RecommendationAnswer Of(LoadedCatalogue loaded, RecommendationParameters parameters)
        {
            var found = loaded.Ask(parameters.ToQuery());
            return new(
                JobAnswer.Of(loaded, found.Understood), found.Jobs,
                found.All.Length, found.All.Count(one => one.Link.Tier == LinkTier.Declared), found.JobsWithout,
                [.. found.All.Skip(parameters.From).Take(parameters.Rows).Select(one => Row(loaded.Catalogue, one))]);
        }

        private static RecommendationRow Row(MatchingCatalogue catalogue, Recommendation one) => new(
            one.Fiche.Fiche.Id, one.Fiche.Fiche.Title, one.Fiche.Fiche.Level, one.Fiche.Fiche.ExpiresOn,
            one.Link.Job, one.Link.Tier, one.Link.Tier == LinkTier.Declared ? null : one.Link.Probability, one.Verdict,
            catalogue.Why(one.Link).Fr);
    }
}
