using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>What speaks for each job that a fiche could lead to, from fiches whose jobs are known and from the texts of
/// the ROME.</summary>
internal sealed class LinkSignals
{
    /// <summary>Of each candidate, in this order.</summary>
    public static readonly string[] Names =
    [
        "linear",
        "linear, behind the best", "choice", "neighbours", "nearest", "formacodes", "formacodes, three digits",
        "field and level", "field and type", "document", "ancestors", "same title", "level", "together", "mobility",
        "entropy", "prior",
    ];

    public const int Candidates = 60;
    private const int Neighbours = 20;
    private const int SameTitles = 6;
    private const int MaxWords = 4;

    /// <summary>Log odds below which a word is not worth naming.</summary>
    private const float MinWordWeight = 0.2f;

    /// <summary>Fewer certifications than this say little of a formacode.</summary>
    private const int MinFiches = 5;

    private static readonly int AncestorsSignal = Array.IndexOf(Names, "ancestors");
    private static readonly int NeighboursSignal = Array.IndexOf(Names, "neighbours");

    private readonly MatchingKnowledge _knowledge;
    private readonly RowIndex _fiches;
    private readonly RowIndex _documents;
    private readonly CountGraph _formacodes;
    private readonly CountGraph _formacodes3;
    private readonly CountGraph _levels;
    private readonly CountGraph _types;
    private readonly Dictionary<string, int> _byId;
    private readonly ILookup<string, int> _byTitle;
    private readonly Dictionary<int, float>[] _together;
    private readonly Dictionary<(int Job, int Level), int> _ofLevel = [];
    private readonly Dictionary<int, float> _levelShare;
    private readonly Dictionary<string, string> _contents;
    private readonly int[] _count;

    public LinkSignals(MatchingKnowledge knowledge)
    {
        _knowledge = knowledge;
        var known = knowledge.Fiches;
        _fiches = new RowIndex([.. known.Select(row => row.Row)], knowledge.Space.Count);
        _documents = new RowIndex(knowledge.Documents, knowledge.Space.Count);
        CountGraph Graph(Func<Fiche, IEnumerable<string>> codes) =>
            new(known.Select(row => (codes(row.Fiche), row.Jobs)), knowledge.Prior);
        (_formacodes,
            _formacodes3, _levels, _types) = (Graph(Codes), Graph(Codes3), Graph(FieldLevels), Graph(FieldTypes));
        _byId = known.Index().ToDictionary(entry => entry.Item.Fiche.Id, entry => entry.Index);
        _byTitle = known.Index().ToLookup(entry => TitleKey(entry.Item.Fiche), entry => entry.Index);
        _contents = known.SelectMany(row => row.Fiche.Formacodes).Where(code => code.Label.Length > 0)
            .DistinctBy(code => code.Code).ToDictionary(code => code.Code, code => code.Label);
        _count = new int[knowledge.Jobs.Length];
        _together = [.. Enumerable.Range(0, _count.Length).Select(_ => new Dictionary<int, float>())];
        foreach (var (fiche, _, jobs) in known)
        {
            foreach (var job in jobs)
            {
                _count[job]++;
                _ofLevel[(job, fiche.Level ?? 0)] = _ofLevel.GetValueOrDefault((job, fiche.Level ?? 0)) + 1;
                foreach (var other in jobs.Where(other => other != job))
                {
                    _together[job][other] = _together[job].GetValueOrDefault(other) + 1;
                }
            }
        }

        _levelShare = known.GroupBy(row => row.Fiche.Level ?? 0)
            .ToDictionary(group => group.Key, group => group.Count() / (float)known.Count);
    }

    /// <summary>Codes of all jobs, in their places.</summary>
    public IReadOnlyList<string> Jobs => _knowledge.Jobs;

    /// <summary>Titles that are the same but for the kind of diploma, accents and small words.</summary>
    public static string TitleKey(Fiche fiche) =>
        string.Join(' ', FrenchText.Words(DiplomaTitle.Parse(fiche.Title, fiche.Type).Main));

    /// <summary>Whether a version of it, by lineage or by title, is among what is known: what a new fiche shows then is
    /// another matter.</summary>
    public bool IsRenewal(Fiche fiche) => fiche.Ancestors.Any(_byId.ContainsKey)
        || _byTitle[TitleKey(fiche)].Any(index => _knowledge.Fiches[index].Fiche.Id != fiche.Id);

    /// <returns>Jobs that the fiche may lead to, with what speaks for each, as in <see cref="Names"/>.</returns>
    public (int[] Jobs, float[][] Signals) Of(Fiche fiche)
    {
        var (row, jobs) = (_knowledge.Space.Row(FicheFeatures.Of(fiche)), _knowledge.Jobs.Length);
        var (linear, choice) = (new float[_knowledge.Linear.Stride], new float[_knowledge.Choice.Stride]);
        _knowledge.Linear.Score(row, linear);
        _knowledge.Choice.Score(row, choice);
        var shares = Shares(choice.AsSpan(0, jobs));
        var entropy = -shares.Sum(share => share > 0 ? share * MathF.Log(share) : 0);
        var (neighbours, nearest) = OfNeighbours(fiche, row);
        var ancestors = Declared(Ancestors(fiche));
        var same = Declared(_byTitle[TitleKey(fiche)].Where(index => _knowledge.Fiches[index].Fiche.Id != fiche.Id)
            .OrderByDescending(index => _knowledge.Fiches[index].Fiche.Number).Take(SameTitles));
        var documents = _documents.Cosines(row);
        string[] codes = [.. Codes(fiche)],
            codes3 = [.. Codes3(fiche)], levels = [.. FieldLevels(fiche)], types = [.. FieldTypes(fiche)];

        int[] candidates = [.. Enumerable.Range(0, jobs).OrderByDescending(job => linear[job])
            .ThenBy(job => job).Take(Candidates).Union(ancestors.Keys).Union(same.Keys)];
        var best = linear.Take(jobs).Max();
        var top = Enumerable.Range(0, jobs).OrderByDescending(job => shares[job]).ThenBy(job => job).Take(5).ToArray();
        return (candidates, Array.ConvertAll(candidates, job => new[]
        {
            linear[job],
            linear[job] - best,
            MathF.Log(shares[job] + 1e-5f),
            MathF.Sqrt(neighbours.GetValueOrDefault(job)),
            nearest.GetValueOrDefault(job),
            MathF.Log(_formacodes.Share(codes, job) + 1e-4f),
            MathF.Log(_formacodes3.Share(codes3, job) + 1e-4f),
            MathF.Log(_levels.Share(levels, job) + 1e-4f),
            MathF.Log(_types.Share(types, job) + 1e-4f),
            documents[job],
            ancestors.GetValueOrDefault(job),
            same.GetValueOrDefault(job),
            LevelRatio(job, fiche.Level ?? 0),
            top.Where(other => other != job)
                .Sum(other => shares[other] * _together[other].GetValueOrDefault(job) / (_count[other] + 2f)),
            top.Where(other => other != job && _knowledge.Mobilities[other].Contains(job)).Sum(other => shares[other]),
            entropy,
            MathF.Log(_knowledge.Prior[job] + 1e-5f),
        }));
    }

    /// <returns>Log odds of each job by the linear model alone.</returns>
    public float[] Linear(Fiche fiche)
    {
        var scores = new float[_knowledge.Linear.Stride];
        _knowledge.Linear.Score(_knowledge.Space.Row(FicheFeatures.Of(fiche)), scores);
        return scores[.._knowledge.Jobs.Length];
    }

    /// <summary>Where the link comes from: the best that speaks for it.</summary>
    /// <param name="fiche">The certification.</param>
    /// <param name="job">Its place among <see cref="Jobs"/>.</param>
    /// <param name="signals">Its own, as in <see cref="Names"/>.</param>
    public LinkTier TierOf(Fiche fiche, int job, float[] signals) =>
        signals[AncestorsSignal] > 0 ? LinkTier.Predecessor
        : fiche.Formacodes.Any(code => _formacodes.Support(code.Code, job) is { Declare: > 0, Fiches: >= MinFiches })
            ? LinkTier.Graph
        : signals[NeighboursSignal] > 0 ? LinkTier.Siblings
        : LinkTier.Text;

    /// <summary>What speaks for a job, in facts of the register.</summary>
    public LinkEvidence Explain(Fiche fiche, int job, float[] signals)
    {
        var row = _knowledge.Space.Row(FicheFeatures.Of(fiche));
        var supports = fiche.Formacodes.Select(code => (Code: code, Support: _formacodes.Support(code.Code, job)))
            .Where(entry => entry.Support.Declare > 0)
            .OrderByDescending(entry => entry.Support.Declare / (entry.Support.Fiches + 2.0)).ToList();
        bool Declares(int index) => _knowledge.Fiches[index].Jobs.Contains(job);
        var words = row.Places.Select((index, i) => (Name: _knowledge.Space.NameOf(index),
            Adds: _knowledge.Linear.Contribution(index, row.Values[i], job)))
            .Where(entry => entry.Name.StartsWith("w ", StringComparison.Ordinal) && entry.Adds > MinWordWeight)
            .OrderByDescending(entry => entry.Adds).Take(MaxWords);
        var near = Near(fiche, row)
            .Select(entry => entry.Row).ToLookup(Declares, index => _knowledge.Fiches[index].Fiche.Id);
        return new LinkEvidence(
            TierOf(fiche, job, signals),
            [.. Ancestors(fiche).Where(Declares).Select(index => _knowledge.Fiches[index].Fiche.Id)],
            supports.Count > 0 ? supports[0].Code with
            {
                Label = _contents.GetValueOrDefault(
                supports[0].Code.Code, supports[0].Code.Label)
            } : null,
            supports.Count > 0 ? supports[0].Support.Fiches : 0,
            supports.Count > 0 ? supports[0].Support.Declare : 0,
            [.. near[true]],
            near[false].FirstOrDefault(),
            [.. words.Select(word => word.Name[2..])]);
    }

    private static IEnumerable<string> Codes(Fiche fiche) => fiche.Formacodes.Select(code => code.Code);

    private static IEnumerable<string> Codes3(Fiche fiche) =>
        Codes(fiche).Select(code => code.Length > 3 ? code[..3] : code).Distinct();

    private static IEnumerable<string> Fields(Fiche fiche) =>
        fiche.Nsf.Select(nsf => nsf.Length > 3 ? nsf[..3] : nsf).Distinct();

    private static IEnumerable<string> FieldLevels(Fiche fiche) => Fields(fiche).Select(nsf => $"{nsf} {fiche.Level}");

    private static IEnumerable<string> FieldTypes(Fiche fiche) => Fields(fiche).Select(nsf => $"{nsf} {fiche.Type}");

    /// <summary>Fiches that it replaces, and the ones that these did, three steps back at most; the nearest that is
    /// known of each line.</summary>
    private List<int> Ancestors(Fiche fiche)
    {
        var (next, seen) = (fiche.Ancestors.ToList(), new HashSet<string> { fiche.Id });
        for (var step = 0; step < 3 && next.Count > 0; step++)
        {
            var found = next.Where(id => seen.Add(id) && _byId.ContainsKey(id)).Select(id => _byId[id]).ToList();
            if (found.Count > 0)
            {
                return found;
            }

            next = [.. next.Where(_knowledge.Ancestors.ContainsKey).SelectMany(id => _knowledge.Ancestors[id])];
        }

        return [];
    }

    /// <returns>Share of these fiches that declare each job.</returns>
    private Dictionary<int, float> Declared(IEnumerable<int> fiches)
    {
        var all = fiches.ToList();
        return all.SelectMany(index => _knowledge.Fiches[index].Jobs)
            .CountBy(job => job).ToDictionary(entry => entry.Key, entry => entry.Value / (float)all.Count);
    }

    private (Dictionary<int, float> Share, Dictionary<int, float> Nearest) OfNeighbours(Fiche fiche, SparseRow row)
    {
        var (share, nearest, whole) = (new Dictionary<int, float>(), new Dictionary<int, float>(), 0f);
        foreach (var (index, cosine) in Near(fiche, row))
        {
            var weight = cosine * cosine * cosine * cosine;
            whole += weight;
            foreach (var job in _knowledge.Fiches[index].Jobs)
            {
                share[job] = share.GetValueOrDefault(job) + weight;
                nearest[job] = Math.Max(nearest.GetValueOrDefault(job), cosine);
            }
        }

        return (share.ToDictionary(entry => entry.Key, entry => entry.Value / whole), nearest);
    }

    /// <summary>The fiches most like it, itself aside.</summary>
    private IReadOnlyList<(int Row, float Cosine)> Near(Fiche fiche, SparseRow row)
    {
        var cosines = _fiches.Cosines(row);
        if (_byId.TryGetValue(fiche.Id, out var own))
        {
            cosines[own] = 0;
        }

        return RowIndex.Nearest(cosines, Neighbours);
    }

    private float LevelRatio(int job, int level)
    {
        var share = _levelShare.GetValueOrDefault(level, 1e-3f);
        return MathF.Log((_ofLevel.GetValueOrDefault((job, level)) + (4 * share)) / ((_count[job] + 4) * share));
    }

    private static float[] Shares(ReadOnlySpan<float> scores)
    {
        var max = float.MinValue;
        foreach (var score in scores)
        {
            max = Math.Max(max, score);
        }

        var shares = new float[scores.Length];
        var sum = 0f;
        for (var i = 0; i < shares.Length; i++)
        {
            sum += shares[i] = MathF.Exp(scores[i] - max);
        }

        return Array.ConvertAll(shares, share => share / sum);
    }
}
