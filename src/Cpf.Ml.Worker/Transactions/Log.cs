namespace Cpf.Ml.Worker.Transactions;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Error, "{Changes} alert changes could not be stored; senders wait, the next attempt is in a second")]
    public static partial void CommitFailed(ILogger log, int changes, Exception exception);

    [LoggerMessage(LogLevel.Error, "A batch could not be scored; its senders got an error")]
    public static partial void BatchFailed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Error, "The sample of {Series} at {Timestamp} could not be scored and is left out")]
    public static partial void SampleFailed(ILogger log, string series, long timestamp, Exception exception);

    [LoggerMessage(LogLevel.Error, "The checkpoint failed; the next one writes what this one did not")]
    public static partial void CheckpointFailed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Error, "The joint evidence could not be scored; the next minutes will be")]
    public static partial void JointEvidenceFailed(ILogger log, Exception exception);

    [LoggerMessage(
        LogLevel.Error,
        "The single transactions of {Minutes} minutes could not be scored or kept; the next ones will be")]
    public static partial void TransactionsNotJudged(ILogger log, int minutes, Exception exception);

    [LoggerMessage(LogLevel.Error, "The check for silent series failed; the next one is in ten seconds")]
    public static partial void SilenceCheckFailed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The state of a series cannot be restored, its detector starts cold: {Reason}")]
    public static partial void StateRefused(ILogger log, string reason);

    [LoggerMessage(
        LogLevel.Warning, "{Series} was trained as {Before} and is now sent as {After}: its detector restarts")]
    public static partial void DetectorRestarted(ILogger log, string series, string before, string after);

    [LoggerMessage(LogLevel.Error, "The change of {Series} is not in the history of the configuration")]
    public static partial void ChangeNotRecorded(ILogger log, string series, Exception exception);

    [LoggerMessage(LogLevel.Information, "{Count} series without samples for long were retired, among them {Series}")]
    public static partial void Retired(ILogger log, int count, string series);

    [LoggerMessage(LogLevel.Information, "Model {Model}: {Series} series start warm from {Folder}")]
    public static partial void ModelRead(ILogger log, string model, int series, string folder);

    [LoggerMessage(LogLevel.Error, "The trained model is not used, new series start cold: {Reason}")]
    public static partial void ModelRefused(ILogger log, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Model {Model}: the history of {Series} ended {Gap} ago, more than Transactions:MaxModelAge of {Limit}: it "
            + "and others like it start cold")]
    public static partial void ModelTooOld(ILogger log, string model, string series, TimeSpan gap, TimeSpan limit);

    [LoggerMessage(LogLevel.Information, "{Series} series restored from the last checkpoint")]
    public static partial void Restored(ILogger log, int series);

    [LoggerMessage(LogLevel.Error, "The limits on series and operations could not be checked; the next round does it")]
    public static partial void LimitsNotChecked(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Error, "The saved state {Name} cannot be read and is dropped: {Reason}")]
    public static partial void StateUnreadable(ILogger log, string name, string reason);
}
