using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Detection;

public sealed partial class SeriesDetector : ISnapshot<SeriesDetector, SeriesDetectorOptions>
{
    /// <summary>Version 2 added the test of flat lines, which starts without a past where version 1 is read; 3 the
    /// calibration drift; 4 new normals; 5 periods and shapes; 6 the share of zeros.</summary>
    private const byte StateVersion = 6;
    private const int TestsOfVersion1 = 11;
    private const int WeightBeforeVersion3 = 10;

    /// <inheritdoc/>
    public void Snapshot(IBufferWriter<byte> destination)
    {
        var writer = new StateWriter(destination);
        writer.Byte(StateVersion);
        _baseline.Write(writer);
        foreach (var test in _tests)
        {
            test.Write(writer);
        }

        _calibrator.Write(writer);
        _onset.Write(writer);
        _calibration.Write(writer);
        _drift.Write(writer);
        writer.Byte(_shape is null ? (byte)0 : (byte)1);
        _shape?.Write(writer);
    }

    /// <inheritdoc/>
    public static SeriesDetector Restore(SeriesDetectorOptions options, ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version is 0 or > StateVersion)
        {
            throw new ModelFormatException(
                $"The detector's state has version {version}; this program reads versions 1 to {StateVersion}.");
        }

        var detector = new SeriesDetector(options);
        detector._baseline.Read(ref reader, version);
        foreach (var test in version == 1 ? detector._tests.AsSpan(0, TestsOfVersion1) : detector._tests)
        {
            test.Read(ref reader);
        }

        if (version < 3)
        {
            detector._calibrator.Read(ref reader, fullWeight: WeightBeforeVersion3);
        }
        else
        {
            detector._calibrator.Read(ref reader);
        }

        detector._onset.Read(ref reader);
        detector._calibration.Read(ref reader);
        if (version >= 3)
        {
            detector._drift.Read(ref reader);
        }

        if (version >= 5)
        {
            detector.IsImportant = reader.Byte() == 1;
            detector._shape?.Read(ref reader);
        }

        reader.End();
        return detector;
    }
}
