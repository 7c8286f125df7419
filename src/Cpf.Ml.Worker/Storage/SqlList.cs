using System.Data;
using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Any number of values as one parameter: a JSON object, which both engines expand with
/// <c>json_each</c>.</summary>
/// <remarks>A parameter a value would be slow on SQLite, which searches all parameters for each one, and both engines
/// limit their number.</remarks>
internal sealed class SqlList : SqlMapper.ICustomQueryParameter
{
    private readonly string _json;

    private SqlList(string json) => _json = json;

    /// <summary>Texts, for <c>in (select key from json_each(@name))</c>; an empty list matches nothing.</summary>
    public static SqlList Of(IEnumerable<string> values) =>
        new(JsonSerializer.Serialize(
            values.Distinct(StringComparer.Ordinal).ToDictionary(value => value, _ => 0, StringComparer.Ordinal)));

    /// <summary>Pairs of numbers, for <c>select value ->> 0, value ->> 1 from json_each(@name)</c>; the engines do not
    /// agree on their type.</summary>
    public static SqlList Of(IEnumerable<(long First, long Second)> pairs) =>
        new(JsonSerializer.Serialize(
            pairs.Index().ToDictionary(pair => pair.Index, pair => new[] { pair.Item.First, pair.Item.Second })));

    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, _json);
        if (parameter is NpgsqlParameter postgres)
        {
            postgres.NpgsqlDbType = NpgsqlDbType.Json;
        }

        command.Parameters.Add(parameter);
    }
}
