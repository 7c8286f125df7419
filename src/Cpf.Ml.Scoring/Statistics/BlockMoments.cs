namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Mean and variance of about the last <c>length</c> values, kept as the moments of 16 blocks.</summary>
/// <remarks>The window moves in steps of a block. Memory about 470 bytes; O(1), with one merge of 16 blocks when one is
/// full.</remarks>
internal sealed class BlockMoments
{
    private const int Blocks = 16;
    private readonly RunningMoments[] _blocks = new RunningMoments[Blocks];
    private RunningMoments _full;
    private RunningMoments _current;
    private int _next;

    /// <summary>Moments of all blocks and of the one that is being filled; read several times a point, hence
    /// kept.</summary>
    public RunningMoments Moments { get; private set; }

    /// <summary>Adds a value; O(1), with one merge of 16 blocks when a block is full.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="length">Values in the window, at least 16.</param>
    public void Add(double value, int length)
    {
        _current = _current.Add(value);
        if (_current.Count >= length / Blocks)
        {
            Complete();
        }

        Moments = _full.Merge(_current);
    }

    /// <summary>The moments as if each value x had been <c>factor</c>·x + <c>shift</c>.</summary>
    public void Move(double factor, double shift)
    {
        for (var i = 0; i < Blocks; i++)
        {
            _blocks[i] = _blocks[i].Move(factor, shift);
        }

        (_full, _current) = (_full.Move(factor, shift), _current.Move(factor, shift));
        Moments = _full.Merge(_current);
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(_next);
        writer.Array<RunningMoments>(_blocks);
        writer.Array<RunningMoments>([_full, _current]);
    }

    public void Read(ref StateReader reader)
    {
        _next = (int)reader.Int64();
        reader.Array<RunningMoments>(_blocks);
        Span<RunningMoments> rest = stackalloc RunningMoments[2];
        reader.Array(rest);
        (_full, _current) = (rest[0], rest[1]);
        Moments = _full.Merge(_current);
    }

    private void Complete()
    {
        _blocks[_next] = _current;
        _next = (_next + 1) % Blocks;
        _current = default;
        _full = default;
        foreach (var block in _blocks)
        {
            _full = _full.Merge(block);
        }
    }
}
