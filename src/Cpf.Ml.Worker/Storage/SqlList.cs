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
    }
}
