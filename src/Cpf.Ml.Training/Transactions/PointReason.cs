using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Training.Transactions;

/// <summary>The tests that fired at a point, on one line without commas.</summary>
internal static class PointReason
{
    public static string Format(in PointAssessment assessment) => string.Join(
        "; ",
        assessment.FiredTests().Select(test => string.Create(
            CultureInfo.InvariantCulture,
            $"{test.Name}{(test.Direction > 0 ? " up" : test.Direction < 0 ? " down" : "")} p={test.PValue:0.0e-0}")));
}
