// Namespaces of folders on purpose: these types break the rules, so that a test sees that the rules see it.
#pragma warning disable IDE0130
namespace Cpf.Ml.Scoring.Tests.Architecture.Violations.Certifications
{
    internal sealed class Certification
    {
        public const int Lowest = 1;

        public int Rank => GetHashCode();

        public static int Count() => 0;
    }

    internal interface IRanked;

    internal enum Grade
    {
        Low,
        High,
    }

    internal sealed class CertificationException : Exception;
}

namespace Cpf.Ml.Scoring.Tests.Architecture.Violations.Transactions
{
    internal sealed class ByConstructor
    {
        public int Rank => new Certifications.Certification().Rank;
    }

    internal sealed class ByLocal
    {
        public bool Same()
        {
            Certifications.Certification? local = null;
            return ReferenceEquals(local, local);
        }
    }

    internal sealed class ByTypeArgument
    {
        public object Empty => Array.Empty<List<Certifications.Certification>>();
    }

    internal sealed class ByStaticCall
    {
        public int Count => Certifications.Certification.Count();
    }

    internal sealed class ByClosure
    {
        public Func<int, int> Add => number => number + Certifications.Certification.Count();
    }

    [System.ComponentModel.TypeConverter(typeof(Certifications.Certification))]
    internal sealed class ByAttribute;

    internal sealed class ByEnumValue
    {
        public bool High => Dossiers.Grading.IsHigh(Certifications.Grade.High);
    }

    internal sealed class ByConstraint<T>
        where T : Certifications.IRanked;

    internal sealed class ByCatch
    {
        public int Caught(Func<int> number)
        {
            try
            {
                return number();
            }
            catch (Certifications.CertificationException)
            {
                return 0;
            }
        }
    }

    internal sealed class ByIterator
    {
        public IEnumerable<int> Counts()
        {
            yield return Certifications.Certification.Count();
        }
    }

    internal sealed class ByConstantOnly
    {
        public int Lowest => Certifications.Certification.Lowest;
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

namespace Cpf.Ml.Scoring.Tests.Architecture.Violations.Dossiers
{
    internal static class Grading
    {
        public static bool IsHigh(Certifications.Grade grade) => grade == Certifications.Grade.High;
    }
}

namespace Cpf.Ml.Scoring.Tests.Architecture.Violations.Dossiers.Inner
{
    internal static class UsesItsParent
    {
        public static bool IsLow(Certifications.Grade grade) => !Grading.IsHigh(grade);
    }
}
