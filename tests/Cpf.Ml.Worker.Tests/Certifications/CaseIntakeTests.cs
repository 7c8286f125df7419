using Cpf.Ml.Worker.Certifications;
using CsCheck;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public sealed class CaseIntakeTests
{
    private static readonly Dictionary<string, string> NothingOpen = [];

    [Fact]
    public void Cases_are_opened_in_the_order_of_the_run_until_the_weekly_budget_is_spent()
    {
        var steps = CaseIntake.Choose(
            [Case("RS1"), Case("RS2"), Case("RS3")], NothingOpen, openedThisWeek: 3, weeklyBudget: 5);

        Assert.Equal([("RS1", true), ("RS2", true)], steps.Select(step => (step.Case.CertificationId, step.Opens)));
    }

    [Fact]
    public void An_open_case_keeps_its_id_and_costs_nothing_of_the_budget()
    {
        var open = new Dictionary<string, string> { ["RS1"] = "case-of-june" };

        var steps = CaseIntake.Choose([Case("RS1"), Case("RS2")], open, openedThisWeek: 0, weeklyBudget: 1);

        Assert.Equal([("case-of-june", false), ("case-RS2", true)], steps.Select(step => (step.Case.Id, step.Opens)));
    }

    [Fact]
    public void An_open_case_is_renewed_after_the_budget_is_spent()
    {
        var open = new Dictionary<string, string> { ["RS2"] = "case-of-june" };

        var steps = CaseIntake.Choose([Case("RS1"), Case("RS2")], open, openedThisWeek: 9, weeklyBudget: 5);

        Assert.Equal([("case-of-june", false)], steps.Select(step => (step.Case.Id, step.Opens)));
    }

    [Fact]
    public void Certification_named_twice_in_a_run_gets_one_case()
    {
        var steps = CaseIntake.Choose(
            [Case("RS1"), Case("RS1", harm: 1)], NothingOpen, openedThisWeek: 0, weeklyBudget: 5);

        Assert.Equal([true, false], steps.Select(step => step.Opens));
    }

    [Fact]
    public void Never_more_cases_are_opened_than_the_week_has_room_for() =>
        Gen.Select(Gen.Int[0, 12].Array[0, 30], Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 12].Array[0, 6])
            .Sample((codes, opened, budget, open) =>
            {
                var ids = open.Distinct().ToDictionary(code => $"RS{code}", code => $"open-{code}");

                var steps = CaseIntake.Choose([.. codes.Select(code => Case($"RS{code}"))], ids, opened, budget);

                Assert.True(steps.Count(step => step.Opens) <= Math.Max(0, budget - opened));
                Assert.DoesNotContain(steps, step => step.Opens && ids.ContainsKey(step.Case.CertificationId));
                Assert.Equal(
                    steps.Count(step => step.Opens),
                    steps.Where(step => step.Opens).DistinctBy(step => step.Case.CertificationId).Count());
            });
}
