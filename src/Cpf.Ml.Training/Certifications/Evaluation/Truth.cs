using System.Globalization;
using Cpf.Ml.Training.Platform.Generation;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>What is true of an imagined world.</summary>
/// <param name="Scheme">T1 to T12 for a fraud, N1 to N10 for what only looks like one.</param>
/// <param name="Strength">Share of the certification's dossiers that belong to it and do not hide.</param>
internal sealed record Truth(string Scheme, double Strength, DateOnly Onset)
{
    /// <summary>Features that each fraud is expected to move: what a controller should be shown of it.</summary>
    private static readonly Dictionary<string, string[]> Drivers = new()
    {
        ["T1"] = ["F05", "F06", "F07", "F26", "F27", "F28", "F32", "F40"],
        ["T2"] = ["F10", "F11", "F17", "F33", "F35", "F36"],
        ["T3"] = ["F26", "F33", "F37", "F39", "F43", "F45"],
        ["T4"] = ["F05", "F06", "F07"],
        ["T5"] = ["F02", "F03", "F04", "F46", "F49"],
        ["T6"] = ["F18", "F42", "F43"],
        ["T7"] = ["F22", "F23", "F24"],
        ["T8"] = ["F15", "F16", "F24"],
        ["T9"] = ["F25", "F37", "F38", "F45"],
        ["T10"] = ["F35", "F37", "F39", "F45"],
        ["T11"] = ["F31", "F33", "F34", "F35", "F36"],
        ["T12"] = ["F10", "F11", "F17", "F19", "F20", "F21"],
    };

    public bool IsFraud => Scheme[0] == 'T';

    public IReadOnlyList<string> Moves => Drivers[Scheme];

    /// <returns>By certification.</returns>
    public static Dictionary<string, Truth> Read(string folder) =>
        File.ReadLines(Path.Combine(folder, WorldGenerator.Truth)).Skip(1).Select(line => line.Split(',')).ToDictionary(
        fields => fields[0], fields => new Truth(fields[1], Number(fields[2]) * (1 - Number(fields[4])),
            DateOnly.ParseExact(fields[3], "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
