using System.Globalization;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Training.Figures;

/// <summary>One measured or published value, and how people read it.</summary>
/// <param name="Id">Id within its result file: lower-case words and numbers joined by hyphens.</param>
/// <param name="What">Row of the table: what the value is, or who reached it.</param>
/// <param name="Value">In <paramref name="Unit"/>; null where it could not be measured.</param>
/// <param name="Unit">Unit, written behind the value; empty for a share or a score.</param>
/// <param name="Decimals">Number of decimals of the value and its interval.</param>
internal sealed record Figure(string Id, string What, double? Value, string Unit = "", int Decimals = 2)
{
    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " " };

    /// <summary>Column of a table whose rows are compared; null for a figure that stands alone.</summary>
    public string? Column { get; init; }

    /// <summary>Lower end of the interval of 95 %, in the same unit.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the interval of 95 %, in the same unit.</summary>
    public double? High { get; init; }

    /// <summary>Standard deviation over the repetitions (worlds, seeds), in the same unit.</summary>
    public double? Spread { get; init; }

    /// <summary>The goal in words; null without a goal.</summary>
    public string? Goal { get; init; }

    /// <summary>Whether the goal is met; null without a goal.</summary>
    public bool? IsMet { get; init; }

    /// <summary>Address of the publication that the value was taken from; null where this run measured it.</summary>
    public string? Source { get; init; }

    /// <summary>For example <c>0.81 (0.78–0.84)</c>, <c>0.82 ± 0.05</c> or <c>1.7 % (1.1–2.7 %)</c>.</summary>
    [JsonIgnore]
    public string Text => Value is not { } value ? "–"
        : Low is { } low && High is { } high ? $"{Number(value)}{Suffix} ({Number(low)}–{Number(high)}{Suffix})"
        : Spread is { } spread ? $"{Number(value)} ± {Number(spread)}{Suffix}"
        : Number(value) + Suffix;

    private string Suffix => Unit.Length == 0 ? "" : " " + Unit;

    /// <summary>A figure of a run; NaN is a value that could not be measured.</summary>
    public static Figure Measured(string id, string what, double value, string unit = "", int decimals = 2) =>
        new(id, what, double.IsFinite(value) ? value : null, unit, decimals);

    /// <summary>A name as part of an id: lower case, with hyphens for everything but letters and digits.</summary>
    public static string Slug(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(letter => IsOfId(letter) ? letter : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same figure with its goal.</summary>
    public Figure For(string goal, bool isMet) => this with { Goal = goal, IsMet = isMet };

    private static bool IsOfId(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '.';

    private string Number(double value) => value.ToString($"N{Decimals}", Spaced);
}
