using BenchmarkDotNet.Running;
using Cpf.Ml.Benchmarks;

switch (args)
{
    case ["measure"]:
        Measurement.Run();
        break;
    case ["fingerprint"]:
        Fingerprint.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
        break;
}
