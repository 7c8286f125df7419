using System.Runtime.InteropServices;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The state as bytes. Newer fields are last, so that the state of an older version is a prefix.</summary>
internal sealed partial class BaselineModel
{
    public void Write(StateWriter writer)
    {
        _profile.Write(writer);
        _values.Write(writer);
        _residuals.Write(writer);
        _longValues.Write(writer);
        _longResiduals.Write(writer);
        _lastValues.Write(writer);
        _lastResiduals.Write(writer);
        _cycle.Write(writer);
        _valueRange.Write(writer);
        _residualRange.Write(writer);
        _levelRange.Write(writer);
        writer.Array<SmallState>([_s]);
        writer.Int64(_cycle.Length);
        writer.Byte(_finder is null ? (byte)0 : (byte)1);
        _finder?.Write(writer);
    }

    /// <param name="reader">At the position where <see cref="Write"/> started.</param>
    /// <param name="version">Of the detector's state.</param>
    public void Read(ref StateReader reader, byte version)
    {
        _profile.Read(ref reader);
        _values.Read(ref reader);
        _residuals.Read(ref reader);
        _longValues.Read(ref reader);
        _longResiduals.Read(ref reader);
        var origin = 0.0;
        if (version < 3)
        {
            origin = _lastValues.ReadDoubles(ref reader, fromFirst: true);
            _lastResiduals.ReadDoubles(ref reader, fromFirst: false);
        }
        else
        {
            _lastValues.Read(ref reader);
            _lastResiduals.Read(ref reader);
            _cycle.Read(ref reader);
        }

        _valueRange.Read(ref reader);
        _residualRange.Read(ref reader);
        _levelRange.Read(ref reader);
        var small = MemoryMarshal.AsBytes(new Span<SmallState>(ref _s));
        reader.Array(version switch
        {
            1 => small[..SmallState.SizeOfVersion1],
            2 => small[..SmallState.SizeOfVersion2],
            3 => small[..SmallState.SizeOfVersion3],
            4 or 5 => small[..SmallState.SizeOfVersion5],
            _ => small,
        });
        if (version < 3)
        {
            (_s.Origin, _s.LastRaw) = (origin, _s.LastValue);
        }

        if (version < 4)
        {
            _s.RobustNoise = _s.Noise;
        }

        if (version < 6)
        {
            // Unknown: zeros count as common until they have been absent for a while.
            _s.ZeroShare = 1;
        }

        if (version < 5)
        {
            // The first two days, which the search needs, are not in the state.
            _finder = null;
            return;
        }

        _cycle.Resume(reader.Int64());
        _finder = reader.Byte() == 1 ? new PeriodFinder() : null;
        _finder?.Read(ref reader);
    }

    /// <summary>Plain numbers, written and read as one block.</summary>
    private struct SmallState
    {
        public const int SizeOfVersion1 = 12 * sizeof(long);
        public const int SizeOfVersion2 = 13 * sizeof(long);
        public const int SizeOfVersion3 = 16 * sizeof(long);
        public const int SizeOfVersion5 = 19 * sizeof(long);

        public long Count;
        public long LastTimestamp;
        public long Intervals;
        public double Interval;
        public double LastValue;
        public double Level;
        public double Noise;
        public double FastJump;
        public double SlowJump;
        public double Drift;
        public double Sum;
        public double Volume;

        /// <summary>Since version 2; last, so that version 1 is a prefix.</summary>
        public long Run;

        /// <summary>Since version 3: mean squared residual of errors, in binomial variances; 0 before the
        /// first.</summary>
        public double Overdispersion;

        /// <summary>Since version 3: the first value; recent values are kept as distances from it.</summary>
        public double Origin;

        /// <summary>Since version 3: the last value with its cyclic component.</summary>
        public double LastRaw;

        /// <summary>Since version 4: noise with residuals clipped.</summary>
        public double RobustNoise;

        /// <summary>Since version 4: points until a new level is estimated.</summary>
        public long Settling;

        /// <summary>Since version 4: points since a new level was estimated, for a day; 0 afterwards.</summary>
        public long Settled;

        /// <summary>Since version 6: share of values of exactly 0, averaged over about 1 000 of them.</summary>
        public double ZeroShare;
    }
}
