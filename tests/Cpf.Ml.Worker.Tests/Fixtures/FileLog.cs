using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>
/// What a service under test logs, in a file of its own under <c>artifacts/test-results/logs</c>: the terminal shows
/// results only.
/// </summary>
internal sealed class FileLog(string name) : ILoggerProvider
{
    private readonly string _path = Repository.In($"artifacts/test-results/logs/{name}.log");
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, this);

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.AppendAllText(_path, line + "\n");
        }
    }

    private sealed class Category(string name, FileLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Write($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {name}: "
                + $"{formatter(state, exception)} {exception}".TrimEnd());
    }
}
