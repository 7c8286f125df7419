namespace Cpf.Ml.Scoring.Platform;

/// <summary>Platform data that cannot be used. The message names file, row, column and reason of everything that is
/// wrong, and is all that the user needs.</summary>
/// <param name="reasons">One line for each fault.</param>
public sealed class PlatformDataException(
    IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    /// <summary>One line for each fault, in English.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
