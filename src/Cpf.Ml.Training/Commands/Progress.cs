using Spectre.Console;

namespace Cpf.Ml.Training.Commands;

/// <summary>
/// The progress of long work: one line that is rewritten every second on a terminal, and a line every ten seconds
/// elsewhere. It goes to the error stream, never among the results, and work of less than one period writes none.
/// </summary>
/// <remarks>Thread-safe: parallel loops step it.</remarks>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TerminalPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _writing = new();
    private readonly string _title;
    private readonly TimeProvider _time;
    private readonly Action<string> _write;
    private readonly long _begun;
    private readonly ITimer _timer;
    private volatile Stage _stage = new("", 0);
    private bool _isOver;

    /// <param name="title">Start of every line: the command.</param>
    /// <param name="period">Time between two lines; the first comes after one period.</param>
    /// <param name="write">Receives each line, one call at a time, none after disposal.</param>
    public Progress(string title, TimeProvider time, TimeSpan period, Action<string> write)
    {
        (_title, _time, _write, _begun) = (title, time, write, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Write(), null, period, period);
    }

    /// <summary>A progress that writes nothing.</summary>
    public static Progress None { get; } = new("", TimeProvider.System, Timeout.InfiniteTimeSpan, _ => { });

    /// <summary>Runs the work and shows its progress until it ends.</summary>
    /// <param name="error">The error stream; only the console's own can be a terminal.</param>
    public static async Task<T> RunAsync<T>(
        string title, TextWriter error, TimeProvider time, Func<Progress, Task<T>> work)
    {
        if (!ReferenceEquals(error, Console.Error) || Console.IsErrorRedirected)
        {
            using var progress = new Progress(title, time, LinePeriod, error.WriteLine);
            return await work(progress);
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return await terminal.Status().StartAsync(Markup.Escape(title), async status =>
        {
            using var progress = new Progress(title, time, TerminalPeriod, line => status.Status(Markup.Escape(line)));
            return await work(progress);
        });
    }

    /// <summary>Starts a stage of the work.</summary>
    /// <param name="name">What is being done, such as «reading the register».</param>
    /// <param name="total">Number of steps of the stage; 0 where they are not counted.</param>
    public void Begin(string name, int total = 0) => _stage = new Stage(name, total);

    /// <summary>Completes a step of the stage.</summary>
    public void Step() => Interlocked.Increment(ref _stage.Done);

    /// <summary>A stage with a step for each item.</summary>
    public IEnumerable<T> Each<T>(string name, IReadOnlyCollection<T> items)
    {
        Begin(name, items.Count);
        foreach (var item in items)
        {
            yield return item;
            Step();
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Write()
    {
        lock (_writing)
        {
            if (_isOver)
            {
                return;
            }

            var (stage, elapsed) = (_stage, _time.GetElapsedTime(_begun));
            var steps = stage.Total > 0 ? $", {Volatile.Read(ref stage.Done)} of {stage.Total}" : "";
            var name = stage.Name.Length > 0 ? $" {stage.Name}{steps}," : "";
            _write($"{_title}:{name} {(int)elapsed.TotalMinutes}:{elapsed.Seconds:00}");
        }
    }

    private sealed class Stage(string name, int total)
    {
        public int Done;

        public string Name => name;

        public int Total => total;
    }
}
