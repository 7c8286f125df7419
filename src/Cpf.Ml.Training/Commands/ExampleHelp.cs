using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cpf.Ml.Training.Commands;

/// <summary>The help of a command, followed by its example.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    /// <summary>Help is printed although required options are missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is LeafCommand leaf)
        {
            var output = parseResult.InvocationConfiguration.Output;
            var isPrepared = leaf.Example.Count > 1;
            output.WriteLine(isPrepared ? "Example, whose first lines create the input of the last one:" : "Example:");
            foreach (var line in leaf.Example)
            {
                output.WriteLine($"  cpf-ml {line}");
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
