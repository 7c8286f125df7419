using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>Features of a certification, in groups, from its own fiche. Its declared jobs are never features.</summary>
internal static class FicheFeatures
{
    /// <summary>How much each group counts, before the whole is made of length one: tuned on fiches of 2021 that are
    /// newer than those of training.</summary>
    private static readonly Dictionary<string, float> Weights = new()
    {
        ["words"] = 1,
        ["pairs"] = 0.6f,
        ["beginnings"] = 0.4f,
        ["first"] = 0.3f,
        ["side"] = 0.3f,
        ["formacode words"] = 0.7f,
        ["formacode pairs"] = 0.3f,
        ["formacode"] = 0.3f,
        ["formacode 4"] = 0.4f,
        ["formacode 3"] = 0.5f,
        ["formacode 3 and level"] = 0.3f,
        ["field"] = 0.8f,
        ["field and level"] = 0.3f,
        ["field and type"] = 0.3f,
        ["word and field"] = 0.3f,
        ["level"] = 0.3f,
        ["type"] = 0.3f,
        ["certifier"] = 0.3f,
        ["grams"] = 1,
    };

    private const int Beginning = 5;

    public static float WeightOf(string group) => Weights[group];

    /// <returns>Group and feature, as often as it is there.</returns>
    public static IEnumerable<(string Group, string Feature)> Of(Fiche fiche)
    {
        var title = DiplomaTitle.Parse(fiche.Title, fiche.Type);
        var words = FrenchText.Words(title.Main);
        var level = fiche.Level?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";
        foreach (var feature in OfText(words))
        {
            yield return feature;
        }

        foreach (var word in FrenchText.Words(title.Side))
        {
            yield return ("side", "s " + word);
        }

        foreach (var code in fiche.Formacodes)
        {
            yield return ("formacode", "k " + code.Code);
            yield return ("formacode 4", "k4 " + Begin(code.Code, 4));
            yield return ("formacode 3", "k3 " + Begin(code.Code, 3));
            yield return ("formacode 3 and level", $"k3 {Begin(code.Code, 3)} {level}");
            var label = FrenchText.Words(FrenchText.Fold(code.Label));
            foreach (var word in label)
            {
                yield return ("formacode words", "w " + word);
            }

            foreach (var (name, other) in label.Zip(label.Skip(1)))
            {
                yield return ("formacode pairs", $"b {name} {other}");
            }
        }

        foreach (var nsf in fiche.Nsf)
        {
            string[] parts = [nsf, "3 " + Begin(nsf, 3),
                "2 " + Begin(nsf, 2), .. nsf.Length > 3 ? ["l " + nsf[3..]] : Array.Empty<string>()];
            foreach (var part in parts)
            {
                yield return ("field", "n " + part);
            }

            yield return ("field and level", $"nl {Begin(nsf, 3)} {level}");
            yield return ("field and type", $"nt {Begin(nsf, 3)} {title.Type}");
        }

        foreach (var field in fiche.Nsf.Select(nsf => Begin(nsf, 2)).Distinct())
        {
            foreach (var word in words)
            {
                yield return ("word and field", $"wn {word} {field}");
            }
        }

        yield return ("level", "l " + level);
        yield return ("type", "t " + title.Type);
        foreach (var certifier in fiche.Certifiers)
        {
            yield return ("certifier", "c " + FrenchText.Fold(certifier));
        }
    }

    /// <summary>Of a text alone: a job's label or title, a skill.</summary>
    public static IEnumerable<(string Group, string Feature)> OfText(string text) =>
        OfText(FrenchText.Words(FrenchText.Fold(JobTitle.Masculine(text))));

    /// <summary>Of what people type for a job: as of a text, and groups of three to five letters, which forgive slips
    /// and endings.</summary>
    public static IEnumerable<(string Group, string Feature)> OfTitle(string text)
    {
        var words = FrenchText.Words(FrenchText.Fold(JobTitle.Masculine(text)));
        foreach (var feature in OfText(words))
        {
            yield return feature;
        }

        foreach (var word in words)
        {
            var bounded = $"<{word}>";
            for (var length = 3; length <= 5; length++)
            {
                for (var begin = 0; begin + length <= bounded.Length; begin++)
                {
                    yield return ("grams", $"g {bounded.AsSpan(begin, length)}");
                }
            }
        }
    }

    private static IEnumerable<(string Group, string Feature)> OfText(List<string> words) =>
    [
        .. words.Select(word => ("words", "w " + word)),
        .. words.Zip(words.Skip(1)).Select(pair => ("pairs", $"b {pair.First} {pair.Second}")),
        .. words.Where(word => word.Length >= Beginning).Select(word => ("beginnings", "p " + word[..Beginning])),
        .. words.Take(1).Select(word => ("first", "f " + word)),
    ];

    private static string Begin(string code, int length) => code.Length <= length ? code : code[..length];
}
