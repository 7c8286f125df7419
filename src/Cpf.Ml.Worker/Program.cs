using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Options;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton(TimeProvider.System);

// At a stop the web server closes first, then the parts in the reverse of this order: ingest, partitions, alerts and outbox.
builder.AddHosting(args);
builder.AddStorage();
builder.AddAccess();
builder.AddPublish();
builder.AddAlerts();
builder.AddTransactions();
builder.AddIngest();
builder.AddConsole();

try
{
    var app = builder.Build();
    app.UseConsole();
    app.UseHosting();
    app.MapHosting();
    app.MapAccess();
    app.MapIngest();
    app.MapAlerts();
    app.MapPublish();
    app.MapConsole();

    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
    await app.Services.GetRequiredService<FirstStart>().RunAsync(CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is { } reasons)
{
    foreach (var reason in reasons)
    {
        await Console.Error.WriteLineAsync(reason);
    }

    return 2;
}

/// <summary>Public so that tests can start the whole service in their own process.</summary>
public partial class Program;
