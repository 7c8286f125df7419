using Cpf.Ml.Worker.Ingest;
using Cpf.Ml.Worker.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddStorage();
builder.AddIngest();

var app = builder.Build();
app.MapIngest();
await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
await app.RunAsync();

/// <summary>Public so that tests can start the whole service in their own process.</summary>
public partial class Program;
