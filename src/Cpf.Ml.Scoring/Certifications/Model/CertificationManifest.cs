using System.Collections.Immutable;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>What a model of certifications was taught, and how well it kept its word.</summary>
public sealed record CertificationManifest : ModelManifest
{
    /// <summary>How evidence was weighed; a program that weighs it otherwise does not use the model.</summary>
    public required string Evidence { get; init; }

    /// <summary>Of the program that trained.</summary>
    public required string Code { get; init; }

    /// <summary>What trees ask for, in its order.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>Nothing decided on this day or later was taught.</summary>
    public required DateOnly Known { get; init; }

    /// <summary>Tables of platform data, with the SHA-256 of each file.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }

    public required CertificationFigures Figures { get; init; }
}

/// <summary>How well controls were foretold that had not been taught.</summary>
/// <param name="Rows">Certifications in the quarters in which controls were opened.</param>
/// <param name="Controls">With a result.</param>
/// <param name="Confirmed">Of them.</param>
/// <param name="Random">Controls of certifications that were drawn at random.</param>
/// <param name="RandomConfirmed">Of them: what share of all certifications a control would confirm.</param>
/// <param name="LossOfEvidence">Mean −ln of the probability given to what each control found, by the evidence
/// alone.</param>
/// <param name="LossOfTrees">The same with trees; NaN where none were grown.</param>
/// <param name="UsesTrees">They foretold controls better; otherwise only the calibration was learnt.</param>
/// <param name="Bins">Promised against found.</param>
public sealed record CertificationFigures(
    int Rows, int Controls, int Confirmed, int Random, int RandomConfirmed,
    double LossOfEvidence, double LossOfTrees, bool UsesTrees, ImmutableArray<CalibrationBin> Bins);

/// <param name="From">Least probability.</param>
/// <param name="Controls">That were given one in this range.</param>
/// <param name="Promised">Mean probability.</param>
/// <param name="Found">Share confirmed.</param>
public readonly record struct CalibrationBin(double From, int Controls, double Promised, double Found);
