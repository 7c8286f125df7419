using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality audit</c>: is the engine neutral, for whom is it not, by how much, how sure is that?</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var logs = new Option<DirectoryInfo>("--logs") { Required = true, Description = "Folder with the tables of docs/search-log.md." };
        var command = new Command("audit", "Is the engine neutral? For whom is it not, by how much, how sure is that, and what to do.") { logs };
        command.SetAction(parsed =>
        {
            var log = Read(parsed.GetRequiredValue(logs).FullName);
            var lines = NeutralityAudit.Of(log, new AuditSettings());
            foreach (var one in lines)
            {
                parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Verdict,-12} {one.Key,-28} {one.Effect,8:P1} [{one.Low:P1}, {one.High:P1}] p {one.P:F4} {one.AdjustedP:F4} eq {one.EquivalenceP:F4} mde {one.Detectable:P1} n {one.Opportunities} q {one.Questions} o {one.Organisations} need {one.Needed} {one.Reason?.En}"));
            }

            return 0;
        });
        return command;
    }

    private static SearchLog Read(string folder)
    {
        try
        {
            return SearchLog.Read(folder);
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
