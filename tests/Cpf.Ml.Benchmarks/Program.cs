using BenchmarkDotNet.Running;
using Cpf.Ml.Benchmarks;
using Cpf.Ml.Benchmarks.Delivery;

switch (args)
{
    case ["measure"]:
        Measurement.Run();
        break;
    case ["delivery"]:
        await DeliveryMeasurement.RunAsync();
        break;
    case ["burst"]:
        await BurstMeasurement.RunAsync();
        break;
    case ["fingerprint"]:
        Fingerprint.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
        break;
}
