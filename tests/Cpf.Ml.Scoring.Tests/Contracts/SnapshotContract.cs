using System.Buffers;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Tests.Contracts;

/// <summary>The promises of everything that is written down and taken up again.</summary>
/// <typeparam name="TSelf">What is snapshotted.</typeparam>
/// <typeparam name="TOptions">Its options.</typeparam>
public abstract class SnapshotContract<TSelf, TOptions>
    where TSelf : ISnapshot<TSelf, TOptions>
{
    protected abstract TOptions Options { get; }

    /// <summary>A new one that has lived through a long and eventful history, always the same.</summary>
    protected abstract TSelf Experienced();

    /// <summary>Continues with further inputs; each line is the whole assessment of one.</summary>
    protected abstract IReadOnlyList<string> GoOn(TSelf self);

    [Fact]
    public void Restored_detector_continues_with_the_same_scores()
    {
        var whole = Experienced();
        var restored = TSelf.Restore(Options, Bytes(whole));

        Assert.Equal(GoOn(whole), GoOn(restored));
        Assert.Equal(Bytes(whole), Bytes(restored));
    }

    [Fact]
    public void Untrained_state_can_be_restored()
    {
        var restored = TSelf.Restore(Options, Bytes(Fresh()));

        Assert.Equal(GoOn(Fresh()), GoOn(restored));
    }

    [Fact]
    public void Snapshot_does_not_change_the_detector()
    {
        var self = Experienced();

        Assert.Equal(Bytes(self), Bytes(self));
    }

    [Fact]
    public void Unknown_state_version_is_refused_by_number()
    {
        var state = Bytes(Experienced());
        state[0] = 250;

        var refused = Assert.Throws<ModelFormatException>(() => TSelf.Restore(Options, state));
        Assert.Contains("version 250", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_state_is_refused()
    {
        var state = Bytes(Experienced());
        for (var length = 0; length < state.Length; length += 1 + (length / 50))
        {
            Assert.Throws<ModelFormatException>(() => TSelf.Restore(Options, state.AsSpan(0, length)));
        }

        Assert.Throws<ModelFormatException>(() => TSelf.Restore(Options, state.AsSpan(0, state.Length - 1)));
    }

    [Fact]
    public void State_with_trailing_bytes_is_refused() =>
        Assert.Throws<ModelFormatException>(() => TSelf.Restore(Options, [.. Bytes(Experienced()), 0]));

    [Fact]
    public void State_size_is_independent_of_the_length_of_history() =>
        Assert.InRange(Bytes(Experienced()).Length, 1, Bytes(Fresh()).Length);

    protected abstract TSelf Fresh();

    protected static byte[] Bytes(TSelf self)
    {
        var state = new ArrayBufferWriter<byte>();
        self.Snapshot(state);
        return state.WrittenSpan.ToArray();
    }
}
