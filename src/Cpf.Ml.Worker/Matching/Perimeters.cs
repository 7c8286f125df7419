using System.Collections.Immutable;
using System.Security.Cryptography;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Matching.Perimeters;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Matching;

/// <summary>Perimeters of funding, as people work on them. What is approved never changes: whoever changes it creates a
/// new version.</summary>
internal sealed class Perimeters(PerimeterStore store, CatalogueLoading loading, AuditLog audit, TimeProvider time)
{
    private const int MaxNameLength = 120;
    private const int MaxReasonLength = 500;
    private const int MaxJobs = 200;
    private const int MaxChoices = 2000;

    public Task<IReadOnlyList<Perimeter>> ListAsync(CancellationToken cancellationToken) =>
        store.ListAsync(cancellationToken);

    /// <summary>All versions, the newest first.</summary>
    /// <exception cref="RefusedException">There is no such perimeter.</exception>
    public async Task<IReadOnlyList<Perimeter>> VersionsAsync(string id, CancellationToken cancellationToken) =>
        await store.VersionsAsync(id, cancellationToken) is { Count: > 0 } all
        ? all
        : throw new RefusedException(404, new("Ce périmètre n'existe pas.", "There is no such perimeter."));

    /// <param name="number">Null for the newest version.</param>
    /// <exception cref="RefusedException">There is no such perimeter or version.</exception>
    public async Task<Perimeter> FindAsync(string id, int? number, CancellationToken cancellationToken) =>
        (await VersionsAsync(id, cancellationToken))
            .FirstOrDefault(perimeter => number is null || perimeter.Number == number)
            ?? throw new RefusedException(404, new("Cette version n'existe pas.", "There is no such version."));

    public async Task<Perimeter> CreateAsync(PerimeterRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var perimeter = new Perimeter(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            1, 1, PerimeterState.Draft, Resolve(request), actor.Name, time.GetUtcNow(), null, null, null, null);
        await store.AddAsync(
            perimeter, audit.Entry(actor, "perimeter.create", perimeter.Id, null, Told(perimeter)), cancellationToken);
        return perimeter;
    }

    /// <summary>Changes a draft; a proposed or approved version gets a new one.</summary>
    /// <param name="revision">Of the newest version, as it was read.</param>
    /// <exception cref="RefusedException">Somebody else has changed it meanwhile, or the request is not
    /// right.</exception>
    public async Task<Perimeter> ReviseAsync(
        string id, long revision, PerimeterRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(id, revision, cancellationToken);
        var now = newest with { Content = Resolve(request), WrittenBy = actor.Name, WrittenAt = time.GetUtcNow() };
        if (newest.State == PerimeterState.Draft)
        {
            return await ChangeAsync(now, newest, actor, "perimeter.change", cancellationToken);
        }

        var next = now with
        {
            Number = newest.Number + 1,
            Revision = 1,
            State = PerimeterState.Draft,
            ProposedBy = null,
            DecidedBy = null,
            DecidedAt = null,
            Motive = null
        };
        return await store.AddAsync(next, audit.Entry(actor, "perimeter.version", id, Told(newest), Told(next)),
            cancellationToken) ? next : throw Overtaken();
    }

    public async Task<Perimeter> ProposeAsync(
        string id, long revision, Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBePerson();
        var newest = await NewestAsync(id, revision, cancellationToken);
        return newest.State == PerimeterState.Draft
            ? await ChangeAsync(newest with
            {
                State = PerimeterState.Proposed,
                ProposedBy = actor.Name,
                DecidedBy =
                null,
                DecidedAt = null,
                Motive = null
            }, newest, actor, "perimeter.propose", cancellationToken)
            : throw new RefusedException(409, new("Seul un brouillon se propose.", "Only a draft can be proposed."));
    }

    /// <summary>Approves what another person has proposed, or sends it back to be a draft.</summary>
    public async Task<Perimeter> DecideAsync(
        string id, long revision, bool agrees, string? motive, Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBePerson();
        var newest = await NewestAsync(id, revision, cancellationToken);
        if (newest.State != PerimeterState.Proposed)
        {
            throw new RefusedException(409, new("Rien n'est proposé ici.", "Nothing is proposed here."));
        }

        if (newest.ProposedBy == actor.Name || newest.WrittenBy == actor.Name)
        {
            throw new RefusedException(
                403, new("Une autre personne que celle qui l'a écrit ou proposé doit en décider.",
                    "Another person than who wrote or proposed it must decide."));
        }

        var said = Text(motive,
            MaxReasonLength, agrees ? null : new("Dites pourquoi vous le renvoyez.", "Say why you send it back."));
        return await ChangeAsync(
            newest with
            {
                State = agrees ? PerimeterState.Approved : PerimeterState.Draft,
                DecidedBy = actor.Name,
                DecidedAt = time.GetUtcNow(),
                Motive = said
            },
                newest, actor, agrees ? "perimeter.approve" : "perimeter.return", cancellationToken);
    }

    public async Task<Perimeter> DuplicateAsync(
        string id, string? name, Actor actor, CancellationToken cancellationToken)
    {
        var from = await FindAsync(id, null, cancellationToken);
        var copy = new Perimeter(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            1, 1, PerimeterState.Draft, from.Content with { Name = Named(name ?? $"{from.Content.Name} (copie)") },
            actor.Name, time.GetUtcNow(), null, null, null, null);
        await store.AddAsync(
            copy, audit.Entry(actor, "perimeter.duplicate", copy.Id, new { from = id }, Told(copy)), cancellationToken);
        return copy;
    }

    /// <summary>What the register and the model of now would change.</summary>
    public PerimeterNotice Notice(Perimeter perimeter) =>
        PerimeterNotice.Compare(perimeter.Content, loading.Required.Catalogue, loading.Required.Model);

    /// <summary>Accepts or rejects a recommendation; the last word of each person counts.</summary>
    public async Task JudgeAsync(string certification,
        string job, bool isAccepted, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var loaded = loading.Required;
        if (loaded.Catalogue.Find(certification)?.Links.Any(link => link.Job == job) != true)
        {
            throw new RefusedException(404, new(
                "Ce lien n'existe pas dans le répertoire lu.", "There is no such link in the register that was read."));
        }

        var said = Text(reason,
            MaxReasonLength, isAccepted ? null : new("Dites pourquoi vous l'écartez.", "Say why you reject it."));
        await store.JudgeAsync(
            new(certification, job, actor.Name, isAccepted, said ?? "", loaded.Model, time.GetUtcNow()),
            audit.Entry(actor, "recommendation.judge",
                $"{certification} {job}", null, new { isAccepted, reason = said }), cancellationToken);
    }

    private async Task<Perimeter> NewestAsync(string id, long revision, CancellationToken cancellationToken) =>
        await FindAsync(id, null, cancellationToken) is { } newest && newest.Revision == revision ? newest
            : throw Overtaken();

    private async Task<Perimeter> ChangeAsync(
        Perimeter now, Perimeter before, Actor actor, string action, CancellationToken cancellationToken) =>
        await store.ChangeAsync(now, audit.Entry(actor, action, now.Id, Told(before), Told(now)), cancellationToken)
            ? now with { Revision = now.Revision + 1 } : throw Overtaken();

    private PerimeterContent Resolve(PerimeterRequest request)
    {
        var loaded = loading.Required;
        ImmutableArray<string> jobs = [.. request.Jobs.Distinct()];
        if (jobs.IsEmpty
            || jobs.Length > MaxJobs || jobs.FirstOrDefault(job => loaded.Catalogue.JobOf(job) is null) is not null)
        {
            throw new RefusedException(
                400, new($"Il faut 1 à {MaxJobs} métiers du ROME.", $"It takes 1 to {MaxJobs} jobs of the ROME."));
        }

        var choices = (request.Choices ?? [])
            .GroupBy(choice => choice.Certification).Select(group => group.Last()).ToImmutableArray();
        if (choices.Length > MaxChoices)
        {
            throw new RefusedException(400, new($"Au plus {MaxChoices} choix.", $"At most {MaxChoices} choices."));
        }

        foreach (var choice in choices)
        {
            _ = Text(choice.Reason, MaxReasonLength,
                new($"Dites pourquoi pour {choice.Certification}.", $"Say why for {choice.Certification}."));
            if (loaded.Catalogue.Find(choice.Certification) is null)
            {
                throw new RefusedException(400, new($"{choice.Certification} n'est pas dans le répertoire lu.",
                    $"{choice.Certification} is not in the register that was read."));
            }
        }

        if (request.From > request.Until)
        {
            throw new RefusedException(
                400, new("Le dernier jour est avant le premier.", "The last day is before the first."));
        }

        return new PerimeterContent(Named(request.Name),
            Text(request.Query, MaxReasonLength, null) ?? "", jobs, request.Rule, choices, request.From,
            request.Until, loaded.Model, [], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty)
            .Resolve(loaded.Catalogue, loaded.Model);
    }

    private static string Named(string? name) =>
        Text(name, MaxNameLength, new("Donnez un nom au périmètre.", "Give the perimeter a name."))!;

    private static string? Text(string? text, int longest, Text? needed)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return needed is { } reason ? throw new RefusedException(400, reason) : null;
        }

        return trimmed.Length <= longest ? trimmed
            : throw new RefusedException(400, new($"Au plus {longest} caractères.", $"At most {longest} characters."));
    }

    private static RefusedException Overtaken() => new(409, new(
        "Quelqu'un l'a changé entre-temps. Rechargez la page.", "Somebody has changed it meanwhile. Reload the page."));

    /// <summary>For the audit log: what it is, not every certification.</summary>
    private static object Told(Perimeter perimeter) =>
        new
        {
            perimeter.Content.Name,
            perimeter.Number,
            perimeter.State,
            perimeter.Content.Rule,
            jobs = perimeter.Content.Jobs.Length,
            certifications = perimeter.Content.Certifications.Length,
            perimeter.Content.From,
            perimeter.Content.Until,
            perimeter.Motive
        };
}

/// <summary>A perimeter as people ask for it.</summary>
/// <param name="Query">What was asked for, as text.</param>
/// <param name="Jobs">ROME codes.</param>
/// <param name="Choices">Certifications put in or taken out by hand, with a reason each; of two of one certification
/// the last counts.</param>
internal sealed record PerimeterRequest(string? Name, string? Query, string[] Jobs,
    PerimeterRule Rule, PerimeterChoice[]? Choices = null, DateOnly? From = null, DateOnly? Until = null);
