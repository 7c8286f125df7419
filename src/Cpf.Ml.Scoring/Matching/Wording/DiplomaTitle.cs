using System.Text.RegularExpressions;

namespace Cpf.Ml.Scoring.Matching.Wording;

/// <summary>A certification's title taken apart: what it is about, what is said around it, and the kind of diploma that
/// its name begins with.</summary>
/// <param name="Main">What it is about, folded.</param>
/// <param name="Side">Domain, school, purpose: what stands before « mention » or « spécialité », folded; mostly
/// empty.</param>
/// <param name="Type">Kind of diploma by its name; empty where the title has none.</param>
internal sealed partial record DiplomaTitle(string Main, string Side, string Type)
{
    /// <summary>By the beginning of a folded title, longest first.</summary>
    private static readonly (string Begin, string Type)[] Kinds =
    [
        .. new (string, string)[]
        {
            ("brevet de technicien superieur agricole", "BTSA"),
            ("brevet de technicien superieur maritime", "BTS"), ("brevet de technicien superieur", "BTS"),
            ("btsa", "BTSA"), ("bts", "BTS"), ("bac pro", "BAC PRO"), ("baccalaureat professionnel", "BAC PRO"),
            ("baccalaureat technologique", "BTn"), ("certificat d'aptitude professionnelle agricole", "CAPA"),
            ("certificat d'aptitude professionnelle", "CAP"),
            ("certificat d aptitude professionnelle", "CAP"), ("capa", "CAPA"), ("cap", "CAP"),
            ("brevet professionnel agricole", "BPA"),
            ("brevet professionnel", "BP"), ("brevet d'etudes professionnelles agricoles", "BEPA"),
            ("brevet d'etudes professionnelles", "BEP"), ("bp", "BP"), ("mention complementaire", "MC"), ("mc", "MC"),
            ("titre professionnel", "TP"),
            ("tp", "TP"), ("licence professionnelle", "Licence Professionnelle"), ("licence", "LICENCE"),
            ("master", "MASTER"), ("bachelor universitaire de technologie", "BUT"), ("but", "BUT"), ("dut", "DUT"),
            ("diplome universitaire de technologie", "DUT"),
            ("deust", "DEUST"), ("diplome d'etudes universitaires scientifiques et techniques", "DEUST"),
            ("titre ingenieur", "Titre ingénieur"), ("diplome d'ingenieur", "Titre ingénieur"),
            ("ingenieur diplome", "Titre ingénieur"),
            ("doctorat", "DOCTORAT"), ("certificat de specialisation", "CS"), ("cs", "CS"), ("diplome d'etat", "DE"),
            ("brevet des metiers d'art", "BMA"), ("brevet national des metiers d'art", "BMA"), ("bma", "BMA"),
            ("diplome national des metiers d'art et du design", "DNMADE"),
            ("dnmade", "DNMADE"), ("certificat de qualification professionnelle", "CQP"), ("cqp", "CQP"),
            ("diplome vise", "DIPLOVIS"), ("grade_master", "Grade_Master"), ("grade_licence", "Grade_Licence"),
            ("bpjeps", "BPJEPS"), ("brevet professionnel de la jeunesse de l'education populaire et du sport",
                "BPJEPS"), ("brevet professionnel de la jeunesse, de l'education populaire et du sport", "BPJEPS"),
                ("dejeps", "DEJEPS"),
        }.OrderByDescending(kind => kind.Item1.Length),
    ];

    /// <param name="title">Title as the register gives it.</param>
    /// <param name="declared">Kind of diploma where the register says it; it goes before the name's.</param>
    public static DiplomaTitle Parse(string title, string declared)
    {
        var (rest, type) = (FrenchText.Fold(JobTitle.Masculine(title)).Replace('’', '\'').Trim(), string.Empty);
        for (var round = 0; round < 2; round++)
        {
            var kind = Array.Find(Kinds, kind => rest.StartsWith(kind.Begin, StringComparison.Ordinal)
                && (rest.Length == kind.Begin.Length || !char.IsLetterOrDigit(rest[kind.Begin.Length])));
            if (kind.Begin is null || rest.Length - kind.Begin.Length < 4)
            {
                break;
            }

            (rest, type) = (rest[kind.Begin.Length..].TrimStart(' ', ':', '-', '–', ',', '.', '«', '"', '('),
                type.Length > 0 ? type : kind.Type);
        }

        type = declared.Length > 0 ? declared : type;
        var mark = type is "Titre ingénieur" || rest.StartsWith("ingenieur diplome", StringComparison.Ordinal)
            ? Speciality().Match(rest) : Universities.Contains(type) ? Mention().Match(rest) : Match.Empty;
        return mark.Success && rest.Length - mark.Index - mark.Length >= 4
            ? new(rest[(mark.Index + mark.Length)..], rest[..mark.Index], type) : new(rest, string.Empty, type);
    }

    /// <summary>Kinds whose titles begin with a domain.</summary>
    private static readonly HashSet<string> Universities =
        ["MASTER", "LICENCE", "Licence Professionnelle", "DEUST", "BUT", "DUT", "Grade_Master"];

    [GeneratedRegex(@"\bmention\b\s*[:«""]*\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex(@"\b(specialites?|options?)\b\s*[:«""]*\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Speciality();
}
