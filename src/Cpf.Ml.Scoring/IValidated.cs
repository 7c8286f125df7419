namespace Cpf.Ml.Scoring;

/// <summary>Settings that report everything that is wrong with them.</summary>
public interface IValidated
{
    /// <summary>Every reason why the settings cannot be used, each a sentence with the value found; none when they
    /// can.</summary>
    IEnumerable<string> Validate();
}
