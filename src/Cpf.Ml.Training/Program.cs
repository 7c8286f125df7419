using System.CommandLine;
using Cpf.Ml.Training;
using Cpf.Ml.Training.Certifications;
using Cpf.Ml.Training.Certifications.Evaluation;
using Cpf.Ml.Training.Certifications.Learning;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Data.OpenData;
using Cpf.Ml.Training.Data.Register;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Matching;
using Cpf.Ml.Training.Matching.Import;
using Cpf.Ml.Training.Neutrality;
using Cpf.Ml.Training.Neutrality.Evaluation;
using Cpf.Ml.Training.Neutrality.Relevance;
using Cpf.Ml.Training.Matching.Evaluation;
using Cpf.Ml.Training.Transactions;
using Cpf.Ml.Training.Transactions.Evaluation;
using Cpf.Ml.Training.Transactions.Model;

var json = new Option<bool>("--json") { Description = "Machine-readable output.", Recursive = true };
var root = new RootCommand("Cpf.Ml: trains, scores and evaluates the models of the training platform.") { json };
root.Subcommands.Add(TransactionsCommand.Create(json));
root.Subcommands.Add(CertificationsCommand.Create(json));
root.Subcommands.Add(NeutralityCommand.Create(json));
root.Subcommands.Add(MatchingCommand.Create());
root.Subcommands.Add(new Command("data", "Imagined platforms, and imports of public data.") { GenerateCommand.Create(), GenerateSearches.Create(), new Command("import", "Public data, as it is published.") { ImportRegister.Create(), ImportOpenData.Create(), ImportMatching.Create() } });
root.Subcommands.Add(new Command("train", "Builds the model of a capability from its history.") { TransactionsTraining.Create(json), CertificationsTraining.Create(json), MatchingTraining.Create(), RelevanceTraining.Create() });
root.Subcommands.Add(new Command("evaluate", "Proves a capability against baselines.") { TransactionsEvaluation.Create(json), AblationCommand.Create(json), CertificationsEvaluation.Create(json), MatchingEvaluation.Create(json), NeutralityEvaluation.Create() });
root.Subcommands.Add(BenchCommand.Create());
root.Subcommands.Add(FiguresCommand.Create());

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync(string.Join(" ", parsed.Errors.Select(error => error.Message)).ReplaceLineEndings(" ") + " See cpf-ml --help.");
    return 2;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is InputException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

/// <summary>The command line.</summary>
internal sealed partial class Program;
