using System.Buffers;

namespace Cpf.Ml.Scoring;

/// <summary>An object whose whole state can be saved and restored, bit for bit.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="TOptions">Its options, which are not part of the state.</typeparam>
public interface ISnapshot<TSelf, in TOptions>
    where TSelf : ISnapshot<TSelf, TOptions>
{
    /// <summary>Appends the state; its first byte is the version of its format.</summary>
    /// <param name="destination">Where the state is written.</param>
    void Snapshot(IBufferWriter<byte> destination);

    /// <summary>An object that continues bit for bit where the snapshot was taken.</summary>
    /// <param name="options">The options.</param>
    /// <param name="state">A result of <see cref="Snapshot"/>.</param>
    /// <exception cref="Models.ModelFormatException">The version is unknown, or the state is damaged.</exception>
    static abstract TSelf Restore(TOptions options, ReadOnlySpan<byte> state);
}
