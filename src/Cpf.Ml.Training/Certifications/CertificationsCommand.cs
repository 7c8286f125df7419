using System.CommandLine;

namespace Cpf.Ml.Training.Certifications;

/// <summary><c>cpf-ml certifications …</c></summary>
internal static class CertificationsCommand
{
    public static Command Create(Option<bool> json) =>
        new("certifications", "Which certifications look suspicious, and why?") { ScoreCertifications.Create(), OutliersCommand.Create(), AdbenchCommand.Create(json) };
}
