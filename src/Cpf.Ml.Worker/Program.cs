using Cpf.Ml.Worker;

try
{
    await using var app = WorkerHost.Build(args);
    await app.PrepareAsync(CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is { } reasons)
{
    foreach (var reason in reasons)
    {
        await Console.Error.WriteLineAsync(reason);
    }

    return 2;
}

/// <summary>Names the program for tests that start it as a process.</summary>
internal sealed partial class Program;
