namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>Names of the families of features, which are also the names of their SQL files.</summary>
public static class FeatureFamily
{
    /// <summary>Prices, and how they follow balances and caps.</summary>
    public const string Price = "price";

    /// <summary>Hours that are sold.</summary>
    public const string Duration = "duration";

    /// <summary>Number of dossiers, and when they come.</summary>
    public const string Volume = "volume";

    /// <summary>Who sells.</summary>
    public const string Organisations = "organisations";

    /// <summary>What sellers share, and the rights that they need.</summary>
    public const string Network = "network";

    /// <summary>How dossiers are ordered; nothing of who learners are.</summary>
    public const string Learners = "learners";

    /// <summary>What is declared after a training.</summary>
    public const string Delivery = "delivery";

    /// <summary>Examinations and their results.</summary>
    public const string Exam = "exam";

    /// <summary>Complaints and reviews.</summary>
    public const string Voice = "voice";

    /// <summary>Texts of the offers.</summary>
    public const string Wording = "wording";
}
