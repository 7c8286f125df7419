using System.CommandLine;
using Cpf.Ml.Training.Transactions.Evaluation.Nab;

namespace Cpf.Ml.Training.Transactions;

/// <summary><c>cpf-ml transactions …</c></summary>
internal static class TransactionsCommand
{
    public static Command Create() => new("transactions", "Anomalies in the platform's metrics.")
    {
        ScoreCommand.Create(),
        NabCommand.Create(),
    };
}
