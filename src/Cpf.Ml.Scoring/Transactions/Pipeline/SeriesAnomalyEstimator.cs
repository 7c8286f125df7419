using Cpf.Ml.Scoring.Transactions.Alerting;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cpf.Ml.Scoring.Transactions.Pipeline;

/// <summary>Adds the score of each row of a series by <see cref="SeriesMonitor"/>, as one vector with named
/// slots.</summary>
/// <remarks>
/// <para>
/// The rows are one series in order of time. Fitting reads no row: the detector learns each row after scoring it, so
/// that nothing of a row's future is in its score. Each cursor starts from <see cref="SeriesAnomalyOptions.State"/>; a
/// prediction engine keeps its state from row to row.
/// </para>
/// <para>
/// ML.NET does not let other assemblies save transformers of their own. So this is a chain of its transformers around a
/// stateful mapping, with the options in a constant column. A cursor that reads other columns only is refused by
/// ML.NET, as behind every stateful mapping: read the output column too.
/// </para>
/// </remarks>
public sealed class SeriesAnomalyEstimator : IEstimator<ITransformer>
{
    /// <summary>Slots of the output, in order.</summary>
    public static readonly IReadOnlyList<string> Slots =
        ["Alert", "Score", "P-Value", "Expected", "Lower", "Upper", "IsWarm"];

    private static readonly Type[] TimestampTypes = [typeof(DateTime), typeof(DateTimeOffset), typeof(long)];
    private static readonly Type[] NumberTypes = [typeof(double), typeof(float), typeof(int), typeof(long)];

    private readonly TransformsCatalog _transforms;
    private readonly string _output;
    private readonly string _timestamp;
    private readonly string _value;
    private readonly string? _volume;
    private readonly SeriesAnomalyOptions _options;

    /// <exception cref="ArgumentException">The options are wrong; the message has every reason.</exception>
    /// <exception cref="Models.ModelFormatException">Their state is damaged, or newer than this program.</exception>
    internal SeriesAnomalyEstimator(
        TransformsCatalog transforms,
        string output, string timestamp, string value, string? volume, SeriesAnomalyOptions options)
    {
        var reasons = string.Join(" ", options.Validate());
        if (reasons.Length > 0)
        {
            throw new ArgumentException(reasons, nameof(options));
        }

        _ = options.CreateMonitor();
        (_transforms,
            _output, _timestamp, _value, _volume, _options) = (transforms, output, timestamp, value, volume, options);
    }

    /// <summary>Checks the columns and builds the transformer; no row is read.</summary>
    /// <param name="input">Has the columns of timestamp, value and volume.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type; the message names
    /// it.</exception>
    public ITransformer Fit(IDataView input)
    {
        Type? TypeOf(string name) =>
            input.Schema.GetColumnOrNull(name) is { Type: PrimitiveDataViewType type } ? type.RawType : null;
        string? Found(string name) => input.Schema.GetColumnOrNull(name)?.Type.ToString();
        return Chain(Check(TypeOf, Found), slot => Found(slot) is not null).Fit(input);
    }

    /// <summary>The input columns and the output vector.</summary>
    /// <param name="inputSchema">Has the columns of timestamp, value and volume.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type; the message names
    /// it.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column? Column(string name) =>
            inputSchema.Where(column => column.Name == name)
                .Select(column => (SchemaShape.Column?)column).FirstOrDefault();
        Type? TypeOf(string name) => Column(name) is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } column
            ? column.ItemType.RawType : null;
        string? Found(string name) => Column(name) is { } column
            ? column.Kind == SchemaShape.Column.VectorKind.Scalar ? column.ItemType.ToString()
                : $"{column.Kind} of {column.ItemType}"
            : null;
        return Chain(Check(TypeOf, Found), slot => Found(slot) is not null).GetOutputSchema(inputSchema);
    }

    /// <returns>The type of the timestamp.</returns>
    private Type Check(Func<string, Type?> typeOf, Func<string, string?> found)
    {
        Require(_value, NumberTypes, typeOf, found);
        if (_volume is not null)
        {
            Require(_volume, NumberTypes, typeOf, found);
        }

        return Require(_timestamp, TimestampTypes, typeOf, found);
    }

    private static Type Require(string name, Type[] wanted, Func<string, Type?> typeOf, Func<string, string?> found)
    {
        var names = string.Join(", ", wanted.Select(type => type.Name));
        if (found(name) is not { } description)
        {
            throw new ArgumentOutOfRangeException(
                nameof(name), name, $"There is no column {name}; one of type {names} is needed.");
        }

        return typeOf(name) is { } type && wanted.Contains(type)
            ? type
            : throw new ArgumentOutOfRangeException(
                nameof(name), name, $"The column {name} has type {description}; one of {names} is needed.");
    }

    /// <param name="timestamp">Type of the timestamp.</param>
    /// <param name="isTaken">Whether the input has a column of this name: it is set aside and restored.</param>
    private EstimatorChain<ColumnSelectingTransformer> Chain(Type timestamp, Func<string, bool> isTaken)
    {
        static string Aside(string name) => "__cpf_series_aside_" + name;
        string[] taken = [.. Slots.Where(slot => slot != _output && isTaken(slot))];
        string[] own = [SeriesAnomalyColumns.Options,
            SeriesAnomalyColumns.Timestamp, SeriesAnomalyColumns.Value, SeriesAnomalyColumns.Volume];
        IEstimator<ITransformer> chain = _transforms.Expression(
            SeriesAnomalyColumns.Options, $"(v) : \"{_options.Write(_volume is not null)}\"", _value);
        chain = chain.Append(_transforms.CopyColumns(SeriesAnomalyColumns.Timestamp, _timestamp))
            .Append(_transforms.Conversion.ConvertType(SeriesAnomalyColumns.Value, _value, DataKind.Double))
            .Append(_transforms.Conversion.ConvertType(
                SeriesAnomalyColumns.Volume, _volume ?? _value, DataKind.Double));
        foreach (var name in taken)
        {
            chain = chain.Append(_transforms.CopyColumns(Aside(name), name));
        }

        chain = chain.Append(Mapping(timestamp)).Append(_transforms.Concatenate(_output, [.. Slots]));
        foreach (var name in taken)
        {
            chain = chain.Append(_transforms.CopyColumns(name, Aside(name)));
        }

        return chain.Append(_transforms.DropColumns(
            [.. Slots.Where(slot => slot != _output).Except(taken), .. own, .. taken.Select(Aside)]));
    }

    private IEstimator<ITransformer> Mapping(Type timestamp) =>
        timestamp == typeof(long)
            ? Map(new SeriesAnomalyMappingAtMilliseconds(), SeriesAnomalyMappingAtMilliseconds.Contract)
        : timestamp == typeof(DateTime)
            ? Map(new SeriesAnomalyMappingAtDateTime(), SeriesAnomalyMappingAtDateTime.Contract)
        : Map(new SeriesAnomalyMappingAtDateTimeOffset(), SeriesAnomalyMappingAtDateTimeOffset.Contract);

    private StatefulCustomMappingEstimator<TRow, SeriesAnomalyVerdict, SeriesAnomalyState> Map<TRow>(
        SeriesAnomalyMapping<TRow> mapping, string contract)
        where TRow : SeriesAnomalyRow, new() =>
        _transforms.StatefulCustomMapping(mapping.GetMapping(), mapping.GetStateInitAction(), contract);
}
