namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>Names of families, which are also the names of their SQL files.</summary>
public static class FeatureFamily
{
    public const string Price = "price";
    public const string Duration = "duration";
    public const string Volume = "volume";
    public const string Organisations = "organisations";
    public const string Network = "network";
    public const string Learners = "learners";
    public const string Delivery = "delivery";
    public const string Exam = "exam";
    public const string Voice = "voice";
    public const string Wording = "wording";
}
