#pragma warning disable IDE0130 // Namespaces of capabilities on purpose: these types break the rules, so that a test sees that the rules see it.
namespace Cpf.Ml.Scoring.Tests.Architecture.Violations.Certifications
{
    internal sealed class Certification
    {
        public int Rank => GetHashCode();
    }
}

namespace Cpf.Ml.Scoring.Tests.Architecture.Violations.Transactions
{
    internal sealed class UsesCertifications
    {
        public int Rank => new Certifications.Certification().Rank;
    }

    internal sealed class ReadsFiles
    {
        public bool Found => File.Exists(ToString());
    }

    public class Open
    {
        public int Number => GetHashCode();
    }
}
