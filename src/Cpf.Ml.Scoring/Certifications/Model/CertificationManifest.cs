using System.Collections.Immutable;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>What a model of certifications was trained on, and how well it is calibrated.</summary>
public sealed record CertificationManifest : ModelManifest
{
    /// <summary>Version of the evidence that it was trained on; a program with another one refuses the model.</summary>
    public required string Evidence { get; init; }

    /// <summary>Version of the program that trained it.</summary>
    public required string Code { get; init; }

    /// <summary>Names of the columns of a row, in their order.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>Cut-off of the labels: no control decided on this day or later was used.</summary>
    public required DateOnly Known { get; init; }

    /// <summary>SHA-256 of each file of platform data, in hexadecimal, by its name.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }

    /// <summary>Quality on controls that were left out of training.</summary>
    public required CertificationFigures Figures { get; init; }
}

/// <summary>How well the model predicts controls that it was not trained on (cross-validation).</summary>
/// <param name="Rows">Number of certifications in the quarters in which controls were opened.</param>
/// <param name="Controls">Number of controls with a result.</param>
/// <param name="Confirmed">Number of controls that confirmed a fraud.</param>
/// <param name="Random">Number of controls of certifications that were drawn at random.</param>
/// <param name="RandomConfirmed">Number of these that confirmed a fraud: without bias, the share of all certifications
/// that a control would confirm.</param>
/// <param name="LossOfEvidence">Log loss (mean −ln of the probability given to each result) of the evidence
/// alone.</param>
/// <param name="LossOfTrees">Log loss with trees; NaN where none were grown.</param>
/// <param name="UsesTrees">Whether trees predict controls better; otherwise only the calibration was trained.</param>
/// <param name="Bins">Predicted against observed shares, by ascending probability.</param>
public sealed record CertificationFigures(
    int Rows, int Controls, int Confirmed, int Random, int RandomConfirmed,
    double LossOfEvidence, double LossOfTrees, bool UsesTrees, ImmutableArray<CalibrationBin> Bins);

/// <summary>A bin of the calibration.</summary>
/// <param name="From">Lower bound of the probability, inclusive, in [0, 1].</param>
/// <param name="Controls">Number of controls in the bin.</param>
/// <param name="Promised">Mean predicted probability.</param>
/// <param name="Found">Share that was confirmed.</param>
public readonly record struct CalibrationBin(double From, int Controls, double Promised, double Found);
