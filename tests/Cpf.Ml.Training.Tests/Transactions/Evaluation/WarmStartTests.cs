using Cpf.Ml.Training.Transactions.Evaluation;
using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Tests.Transactions.Evaluation;

public sealed class WarmStartTests
{
    [Fact]
    public void Warm_start_finds_faults_in_days_in_which_a_cold_start_finds_none()
    {
        var results = WarmStart.Measure([.. ServiceWorlds.Generate(16, days: 35, seed: 3)]).ToList();

        Assert.Equal(
            [("cold", 2), ("warm", 2), ("cold", 7), ("warm", 7)],
            results.Select(result => (result.Start, result.Days)));
        Assert.Equal(results[0].Events, results[1].Events);
        Assert.Equal((0, 0.0), (results[0].Found, results[0].FalsePerDay));
        Assert.True(results[1].Found > results[1].Events / 2, $"{results[1]}");
        Assert.True(results[3].Found > results[2].Found, $"{results[2]} {results[3]}");
    }
}
