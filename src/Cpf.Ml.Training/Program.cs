return await Cpf.Ml.Training.CommandLine.RunAsync(args, Console.Out, Console.Error);

/// <summary>The process <c>cpf-ml</c>: see <see cref="Cpf.Ml.Training.CommandLine"/>.</summary>
internal sealed partial class Program;
