using System.Runtime.CompilerServices;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The last nine times from one event to the next. Plain data, part of a snapshot.</summary>
internal struct LastGaps
{
    private const int Held = 9;

    private Ring _ring;
    private int _count;

    public readonly int Count => Math.Min(_count, Held);

    public readonly bool IsFull => _count >= Held;

    /// <param name="gap">Milliseconds.</param>
    public void Add(double gap)
    {
        _ring[_count % Held] = (int)Math.Min(gap, int.MaxValue);
        _count = _count == (2 * Held) - 1 ? Held : _count + 1;
    }

    /// <summary>Milliseconds; the shortest has rank 0.</summary>
    /// <param name="rank">Less than <see cref="Count"/>.</param>
    public readonly double Ranked(int rank)
    {
        var sorted = _ring;
        var held = ((Span<int>)sorted)[..Count];
        held.Sort();
        return held[rank];
    }

    [InlineArray(Held)]
    private struct Ring
    {
        private int _first;
    }
}
