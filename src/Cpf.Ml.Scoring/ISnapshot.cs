using System.Buffers;

namespace Cpf.Ml.Scoring;

/// <summary>Something whose whole state can be written down and taken up again, bit for bit.</summary>
public interface ISnapshot<TSelf, in TOptions>
    where TSelf : ISnapshot<TSelf, TOptions>
{
    /// <summary>Appends the state; its first byte is the format's version.</summary>
    void Snapshot(IBufferWriter<byte> destination);

    /// <exception cref="Models.ModelFormatException">The version is unknown, or the state is damaged.</exception>
    static abstract TSelf Restore(TOptions options, ReadOnlySpan<byte> state);
}
