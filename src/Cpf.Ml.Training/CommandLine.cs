using System.CommandLine;
using Cpf.Ml.Training.Certifications;
using Cpf.Ml.Training.Certifications.Evaluation;
using Cpf.Ml.Training.Certifications.Learning;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Matching;
using Cpf.Ml.Training.Matching.Evaluation;
using Cpf.Ml.Training.Matching.Import;
using Cpf.Ml.Training.Matching.Learning;
using Cpf.Ml.Training.Neutrality;
using Cpf.Ml.Training.Neutrality.Evaluation;
using Cpf.Ml.Training.Neutrality.Generation;
using Cpf.Ml.Training.Neutrality.Learning;
using Cpf.Ml.Training.Platform.Generation;
using Cpf.Ml.Training.Platform.OpenData;
using Cpf.Ml.Training.Platform.Register;
using Cpf.Ml.Training.Transactions;
using Cpf.Ml.Training.Transactions.Evaluation;
using Cpf.Ml.Training.Transactions.Learning;

namespace Cpf.Ml.Training;

/// <summary>
/// The command line, callable from any process: it writes to the given writers and nowhere else.
/// </summary>
internal static class CommandLine
{
    /// <returns>The exit code: 0 done, 1 a check failed, 2 bad usage or input, with one line in
    /// <paramref name="error"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken = default)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            var reasons = string.Join(" ", parsed.Errors.Select(reason => reason.Message)).ReplaceLineEndings(" ");
            await error.WriteLineAsync($"{reasons} See cpf-ml --help.");
            return 2;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = output,
            Error = error,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception exception) when (exception is InputException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Cpf.Ml: trains, scores and evaluates the models of the training platform.")
        {
            CommandResult.CreateJsonOption(),
            TransactionsCommand.Create(),
            CertificationsCommand.Create(),
            NeutralityCommand.Create(),
            MatchingCommand.Create(),
            new Command("data", "Synthetic platforms, and imports of public data.")
            {
                GenerateCommand.Create(),
                GenerateSearches.Create(),
                new Command("import", "Imports public data as published.")
                {
                    ImportRegister.Create(),
                    ImportOpenData.Create(),
                    ImportMatching.Create(),
                },
            },
            new Command("train", "Trains the model of a capability and writes it with manifest and card.")
            {
                TransactionsTraining.Create(),
                CertificationsTraining.Create(),
                MatchingTraining.Create(),
                RelevanceTraining.Create(),
            },
            new Command("evaluate", "Evaluates a capability against baselines.")
            {
                TransactionsEvaluation.Create(),
                AblationCommand.Create(),
                CertificationsEvaluation.Create(),
                MatchingEvaluation.Create(),
                NeutralityEvaluation.Create(),
            },
            BenchCommand.Create(),
            FiguresCommand.Create(),
        };
        ExampleHelp.AddTo(root);
        return root;
    }
}
