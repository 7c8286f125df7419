namespace Cpf.Ml.Scoring.Models;

/// <summary>A model folder or a detector state that this version cannot read; the message says what and why.</summary>
public sealed class ModelFormatException(string message, Exception? inner = null) : Exception(message, inner);
