// Namespaces of folders on purpose: a circle of three, so that a test sees that it is seen.
#pragma warning disable IDE0130
namespace Cpf.Ml.Scoring.Tests.Architecture.Circles.Upper
{
    internal sealed class Forth
    {
        public int Next => Lower.Deep.Deeper.Number;
    }
}

namespace Cpf.Ml.Scoring.Tests.Architecture.Circles.Lower.Deep
{
    internal static class Deeper
    {
        public static int Number => Back.Number;
    }
}

namespace Cpf.Ml.Scoring.Tests.Architecture.Circles.Lower
{
    internal static class Back
    {
        public static int Number => new Upper.Forth().GetHashCode();
    }
}
