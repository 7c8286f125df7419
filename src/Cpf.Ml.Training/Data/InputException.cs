namespace Cpf.Ml.Training.Data;

/// <summary>
/// Input that cannot be used; the message names file, line, column and reason, and is all that the user needs.
/// </summary>
internal sealed class InputException(string message) : Exception(message);
