using BenchmarkDotNet.Running;
using Cpf.Ml.Benchmarks;
using Cpf.Ml.Benchmarks.Delivery;
using Cpf.Ml.Benchmarks.Ingest;
using Cpf.Ml.Training.Figures;

switch (args)
{
    case ["measure", .. var options]:
        Keep("measure", options, Measurement.Run());
        break;
    case ["delivery", .. var options]:
        Keep("delivery", options, await DeliveryMeasurement.RunAsync());
        break;
    case ["burst", .. var options]:
        Keep("burst", options, await BurstMeasurement.RunAsync());
        break;
    case ["decoding", .. var options]:
        Keep("decoding", options, RemoteWriteDecoding.Measure());
        break;
    case ["fingerprint"]:
        Fingerprint.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
        break;
}

// The figures as a table, and with --result FILE as a result file: docs/results/README.md.
static void Keep(string name, string[] options, IReadOnlyList<Figure> figures)
{
    foreach (var figure in figures)
    {
        Console.WriteLine($"| {figure.What} | {figure.Text} | {figure.Goal ?? "–"} |");
    }

    if (options is ["--result", var path])
    {
        ResultFile.Now($"dotnet run -c Release --project tests/Cpf.Ml.Benchmarks -- {name}", [], figures).Write(path);
    }
}
