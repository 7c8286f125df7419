using System.Globalization;
using Dapper;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Lists of values as parameters, one each: of the two engines only PostgreSQL has arrays.</summary>
internal static class SqlList
{
    extension(DynamicParameters parameters)
    {
        /// <returns>What follows <c>in</c>; an empty list matches nothing.</returns>
        public string List(string name, IEnumerable<string> values)
        {
            var names = new List<string>();
            foreach (var value in values)
            {
                var parameter = string.Create(CultureInfo.InvariantCulture, $"{name}{names.Count}");
                parameters.Add(parameter, value);
                names.Add("@" + parameter);
            }

            return names.Count == 0 ? "(null)" : $"({string.Join(", ", names)})";
        }

        /// <returns>A <c>values</c> list of rows of two; at least one.</returns>
        public string Pairs(string name, IReadOnlyList<(long First, long Second)> rows)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                parameters.Add(string.Create(CultureInfo.InvariantCulture, $"{name}{row}a"), rows[row].First);
                parameters.Add(string.Create(CultureInfo.InvariantCulture, $"{name}{row}b"), rows[row].Second);
            }

            return "values " + string.Join(
                ", ", Enumerable.Range(0, rows.Count).Select(row => string.Create(CultureInfo.InvariantCulture, $"(@{name}{row}a, @{name}{row}b)")));
        }
    }
}
