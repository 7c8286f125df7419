using Cpf.Ml.Training.Commands;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Training.Tests.Commands;

public sealed class ProgressTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _error = new();

    private string[] Lines => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Progress_writes_its_first_line_after_ten_seconds_and_one_every_ten_seconds_from_then_on()
    {
        await RunAsync(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(9.9));
            Assert.Empty(Lines);

            _time.Advance(TimeSpan.FromSeconds(0.1));
            Assert.Equal(["train matching: 0:10"], Lines);

            _time.Advance(TimeSpan.FromSeconds(60));
            Assert.Equal(7, Lines.Length);
            Assert.Equal("train matching: 1:10", Lines[^1]);
        });
    }

    [Fact]
    public async Task Progress_line_names_the_stage_and_counts_its_steps()
    {
        await RunAsync(progress =>
        {
            progress.Begin("reading the register");
            _time.Advance(TimeSpan.FromSeconds(10));
            foreach (var fold in progress.Each("held-out folds", [1, 2, 3]))
            {
                _time.Advance(TimeSpan.FromSeconds(fold == 3 ? 10 : 0));
            }
        });

        Assert.Equal(
            ["train matching: reading the register, 0:10", "train matching: held-out folds, 2 of 3, 0:20"], Lines);
    }

    [Fact]
    public async Task Progress_counts_every_step_of_parallel_work()
    {
        await RunAsync(progress =>
        {
            progress.Begin("worlds", 10_000);
            Parallel.For(0, 10_000, _ => progress.Step());
            _time.Advance(TimeSpan.FromSeconds(10));
        });

        Assert.Equal(["train matching: worlds, 10000 of 10000, 0:10"], Lines);
    }

    [Fact]
    public async Task Progress_is_silent_once_the_work_is_over()
    {
        await RunAsync(_ => _time.Advance(TimeSpan.FromSeconds(5)));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(Lines);
    }

    [Fact]
    public async Task Progress_is_silent_once_the_work_has_failed()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_ => throw new InvalidOperationException()));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(Lines);
    }

    public void Dispose() => _error.Dispose();

    private async Task RunAsync(Action<Progress> work) =>
        await Progress.RunAsync("train matching", _error, _time, progress =>
        {
            work(progress);
            return Task.FromResult(0);
        });
}
