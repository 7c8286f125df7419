using System.CommandLine;
using System.Globalization;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary><c>cpf-ml evaluate neutrality</c>: what audits find and do not, and what corrections do, in worlds of which the truth is known.</summary>
internal static class NeutralityEvaluation
{
    public static Command Create()
    {
        var worlds = new Option<int>("--worlds") { Description = "Unbiased worlds; a fifth of it for each planted bias.", DefaultValueFactory = _ => 1000 };
        var command = new Command("neutrality", "Audits and corrections in worlds of which the truth is known.") { worlds };
        command.SetAction(parsed =>
        {
            var console = parsed.InvocationConfiguration.Output;
            var n = parsed.GetValue(worlds);
            var (share, low, high, _) = AuditTrials.FalseAlarms(n, _ => { });
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"false alarms {share:P1} [{low:P1}, {high:P1}]"));
            foreach (var penalty in new Generation.Penalty[] { new("size", "small", 0.1), new("entrants", "new", 0.1), new("modality", "remote", 0.1), new("region", "53", 0.1) })
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"power {penalty} {AuditTrials.Power(n / 5, penalty, _ => { }):P1}"));
            }

            return 0;
        });
        return command;
    }
}
