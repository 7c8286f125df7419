using Cpf.Ml.Scoring;
using System.Globalization;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality.Probes;

/// <summary>A question to ask an engine, and of which pair it is.</summary>
/// <param name="Family">gender, accent, case, plural, typo, or what the file says; null where it is of no pair.</param>
internal sealed record ProbeQuestion(string Query, string? Filters, string? Family, string? Pair)
{
    /// <param name="path">CSV with a header: query, and optionally filters, family, pair.</param>
    public static IReadOnlyList<ProbeQuestion> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        string[] header = lines.Length == 0 ? [] : lines[0].Split(',');
        int Column(string name) =>
            Array.FindIndex(header, text => string.Equals(text.Trim(), name, StringComparison.OrdinalIgnoreCase));
        if (Column("query") < 0)
        {
            throw new InputException($"{path}, line 1: no column query; found {string.Join(", ", header)}.");
        }

        var questions = new List<ProbeQuestion>();
        foreach (var (i, line) in lines.Skip(1).Index().Where(line => line.Item.Trim().Length > 0))
        {
            var values = line.Split(',');
            string? Value(string name) => Column(name) is >= 0 and var at
                && at < values.Length && values[at].Trim() is { Length: > 0 } value ? value : null;
            questions.Add(new(Value("query") ?? throw new InputException($"{path}, line {i + 2}, column query: a value "
                + "is needed."), Value("filters"), Value("family"), Value("pair")));
        }

        return questions.Count > 0 ? questions : throw new InputException($"{path}: there is no question.");
    }

    /// <summary>
    /// A question with forms of it that should be answered alike, each pair with the question itself.
    /// </summary>
    public IEnumerable<ProbeQuestion> WithForms(int number)
    {
        if (Pair is not null)
        {
            return [this];
        }

        var forms = new (string Family, string Text)[]
        {
            ("accent", Accents.Strip(Query)), ("case", Query.ToUpper(CultureInfo.GetCultureInfo("fr-FR"))),
            ("plural", Query.EndsWith('s') || Query.EndsWith('x') ? Query : Query + "s"), ("typo", Mistyped(Query)),
        };
        return
        [
            this,
            .. forms.Where(form => form.Text != Query)
                .SelectMany(form => new[] { this with { Family = form.Family, Pair = $"{form.Family}{number}" },
                    new ProbeQuestion(form.Text, Filters, form.Family, $"{form.Family}{number}") }),
        ];
    }

    /// <summary>Two letters of the longest word changed over.</summary>
    private static string Mistyped(string text)
    {
        var word = text.Split(' ').MaxBy(name => name.Length) ?? "";
        var at = text.IndexOf(word, StringComparison.Ordinal) + (word.Length / 2);
        return word.Length < 5 ? text : $"{text[..(at - 1)]}{text[at]}{text[at - 1]}{text[(at + 1)..]}";
    }
}
