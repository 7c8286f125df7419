namespace Cpf.Ml.Scoring.Models;

/// <summary>A model folder or a state that this version cannot read.</summary>
/// <param name="message">What cannot be read, and why.</param>
/// <param name="inner">The cause; null when there is none.</param>
public sealed class ModelFormatException(string message, Exception? inner = null) : Exception(message, inner);
