namespace Cpf.Ml.Scoring.Platform;

/// <summary>What values of a column are.</summary>
public enum PlatformType
{
    /// <summary>Text.</summary>
    Characters,
    /// <summary>A whole number.</summary>
    Count,
    Number,

    /// <summary>EUR, two decimals.</summary>
    Money,

    /// <summary>A day of the calendar in France, <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    Instant,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,
}
