using System.CommandLine;
using Cpf.Ml.Training.Certifications.Evaluation.Adbench;

namespace Cpf.Ml.Training.Certifications;

/// <summary><c>cpf-ml certifications …</c></summary>
internal static class CertificationsCommand
{
    public static Command Create() => new("certifications", "Suspicious certifications, with reasons; outliers of any "
        + "table.")
    {
        ScoreCertifications.Create(),
        OutliersCommand.Create(),
        AdbenchCommand.Create(),
    };
}
