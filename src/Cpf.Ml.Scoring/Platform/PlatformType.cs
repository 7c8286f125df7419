namespace Cpf.Ml.Scoring.Platform;

/// <summary>The type of the values of a column.</summary>
public enum PlatformType
{
    /// <summary>Text of any length.</summary>
    Characters,

    /// <summary>A whole number of 64 bits.</summary>
    Count,

    /// <summary>A finite number, double precision.</summary>
    Number,

    /// <summary>An amount in EUR, two decimals.</summary>
    Money,

    /// <summary>A day of the calendar in France, <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>An instant in UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    Instant,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,
}
