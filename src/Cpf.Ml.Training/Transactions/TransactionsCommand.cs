using System.CommandLine;

namespace Cpf.Ml.Training.Transactions;

/// <summary><c>cpf-ml transactions …</c></summary>
internal static class TransactionsCommand
{
    public static Command Create(Option<bool> json) =>
        new("transactions", "Is the platform behaving strangely?") { ScoreCommand.Create(), NabCommand.Create(json) };
}
