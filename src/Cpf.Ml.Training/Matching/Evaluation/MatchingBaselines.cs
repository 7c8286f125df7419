using System.Globalization;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Wording;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>
/// Ways to link without learning: words of a fiche (title, labels of contents) against words of a job (label, titles).
/// </summary>
internal static class MatchingBaselines
{
    private const int MaxAnswers = LinkSignals.Candidates;
    private const int MinGramLength = 3;
    private const int MaxGramLength = 5;

    /// <summary>Lucene.NET's French analysis and its BM25 as it comes.</summary>
    public static IReadOnlyList<IReadOnlyList<EstimatedLink>> Bm25(IReadOnlyList<Job> jobs, IReadOnlyList<Fiche> fiches)
    {
        using var analyzer = new FrenchAnalyzer(LuceneVersion.LUCENE_48);
        using var directory = new RAMDirectory();
        using (var writer = new IndexWriter(
            directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new BM25Similarity() }))
        {
            foreach (var job in jobs)
            {
                writer.AddDocument(new Document { new StringField("code", job.Code, Field.Store.YES),
                    new TextField("text", string.Join(' ', Texts(job)), Field.Store.NO) });
            }
        }

        using var reader = DirectoryReader.Open(directory);
        var searcher = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        return [.. fiches.Select(fiche =>
        {
            var query = new BooleanQuery();
            using var tokens = analyzer.GetTokenStream("text", Text(fiche));
            var term = tokens.AddAttribute<ICharTermAttribute>();
            tokens.Reset();
            while (tokens.IncrementToken() && query.Clauses.Count < BooleanQuery.MaxClauseCount)
            {
                query.Add(new TermQuery(new Term("text", term.ToString())), Occur.SHOULD);
            }

            tokens.End();
            return (IReadOnlyList<EstimatedLink>)[.. searcher.Search(query, MaxAnswers).ScoreDocs
                .Select(hit => Link(searcher.Doc(hit.Doc).Get("code", CultureInfo.InvariantCulture), hit.Score))];
        })];
    }

    /// <summary>Cosine of groups of three to five letters within words, rare ones counting more.</summary>
    public static IReadOnlyList<IReadOnlyList<EstimatedLink>> Grams(
        IReadOnlyList<Job> jobs, IReadOnlyList<Fiche> fiches)
    {
        var documents = jobs.Select(job => Grams(string.Join(' ', Texts(job)))).ToList();
        var rarity = documents.SelectMany(document => document.Keys).CountBy(gram => gram)
            .ToDictionary(entry => entry.Key, entry => Math.Log((1.0 + jobs.Count) / (1 + entry.Value)) + 1);
        Dictionary<string, double> Weighed(Dictionary<string, int> grams)
        {
            var weights = grams.Where(gram => rarity.ContainsKey(gram.Key))
                .ToDictionary(gram => gram.Key, gram => (1 + Math.Log(gram.Value)) * rarity[gram.Key]);
            var length = Math.Sqrt(weights.Values.Sum(weight => weight * weight));
            return weights.ToDictionary(weight => weight.Key, weight => weight.Value / length);
        }

        var index =
            documents.SelectMany((document, job) => Weighed(document).Select(gram => (gram.Key, Job: job, gram.Value)))
            .ToLookup(row => row.Key);
        return [.. fiches.AsParallel().AsOrdered().Select(fiche =>
        {
            var scores = new double[jobs.Count];
            foreach (var (gram, weight) in Weighed(Grams(Text(fiche))))
            {
                foreach (var (_, job, value) in index[gram])
                {
                    scores[job] += weight * value;
                }
            }

            return (IReadOnlyList<EstimatedLink>)[.. scores.Index().OrderByDescending(score => score.Item)
                .Take(MaxAnswers).Select(score => Link(jobs[score.Index].Code, score.Item))];
        })];
    }

    private static Dictionary<string, int> Grams(string text) =>
        FrenchText.Words(FrenchText.Fold(text)).Select(word => $" {word} ")
        .SelectMany(word => Enumerable.Range(MinGramLength, MaxGramLength - MinGramLength + 1).SelectMany(length =>
            Enumerable.Range(0, Math.Max(0, word.Length - length + 1)).Select(begin => word.Substring(begin, length))))
            .CountBy(gram => gram).ToDictionary();

    private static IEnumerable<string> Texts(Job job) => job.Titles.SelectMany(JobTitle.Forms).Prepend(job.Label);

    private static string Text(Fiche fiche) =>
        string.Join(' ', fiche.Formacodes.Select(code => code.Label).Prepend(fiche.Title));

    private static EstimatedLink Link(string job, double score) => new(job, score, new float[LinkSignals.Names.Length]);
}
