namespace Cpf.Ml.Worker.Certifications;

/// <summary>What a run does to one case.</summary>
/// <param name="Case">With the id of the open case where there is one.</param>
/// <param name="Opens">The case is new; else an open case is brought up to date.</param>
internal readonly record struct CaseIntakeStep(CertificationCase Case, bool Opens);

/// <summary>
/// Which cases a run opens and which it brings up to date. A certification has one open case at most; new ones are
/// opened in the order of the run as long as the week's budget lasts. Pure: what is stored comes in as arguments.
/// </summary>
internal static class CaseIntake
{
    /// <param name="cases">Of the run, the most urgent first.</param>
    /// <param name="openIds">Ids of the open cases by certification.</param>
    /// <param name="openedThisWeek">Cases that were opened within the seven days before the run.</param>
    /// <param name="weeklyBudget">Cases that may be opened within seven days, 0 or more.</param>
    /// <returns>In the order of the run, without the cases for which the budget leaves no room.</returns>
    public static IReadOnlyList<CaseIntakeStep> Choose(
        IReadOnlyList<CertificationCase> cases,
        IReadOnlyDictionary<string, string> openIds,
        long openedThisWeek,
        int weeklyBudget)
    {
        var open = new Dictionary<string, string>(openIds);
        var room = Math.Max(0, weeklyBudget - openedThisWeek);
        var steps = new List<CaseIntakeStep>();
        foreach (var chosen in cases)
        {
            if (open.TryGetValue(chosen.CertificationId, out var id))
            {
                steps.Add(new CaseIntakeStep(chosen with { Id = id }, Opens: false));
            }
            else if (room > 0)
            {
                room--;
                open.Add(chosen.CertificationId, chosen.Id);
                steps.Add(new CaseIntakeStep(chosen, Opens: true));
            }
        }

        return steps;
    }
}
