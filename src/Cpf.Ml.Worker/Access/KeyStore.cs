using System.Xml.Linq;
using Cpf.Ml.Worker.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Cpf.Ml.Worker.Access;

/// <summary>Keys that sign session cookies, shared by all workers over one database.</summary>
/// <remarks>The interface is synchronous and has no token; it is called at start and about once a day.</remarks>
internal sealed class KeyStore(Database database, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        var keys = connection.QueryAsync<string>(
            "select xml from data_protection_key order by created_at, name", null, CancellationToken.None);
        return [.. keys.GetAwaiter().GetResult().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        connection.ExecuteAsync(
            "insert into data_protection_key (name, xml, created_at) values (@friendlyName, @xml, @now)",
            new
            {
                friendlyName,
                xml = element.ToString(SaveOptions.DisableFormatting),
                now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            CancellationToken.None).GetAwaiter().GetResult();
    }
}
