using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Transactions;

internal static class TransactionsModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddTransactions()
        {
            builder.AddSettings<TransactionsSettings>("Transactions");
            builder.Services.AddSingleton<TransactionsMetrics>();
            builder.Services.AddSingleton<PointBlockStore>();
            builder.Services.AddSingleton<SeriesStateStore>();
            builder.Services.AddSingleton<SeriesAlerts>();
            builder.Services.AddSingleton<DeploymentStore>();
            builder.Services.AddSingleton<Deployments>();
            builder.Services.AddHostedService(services => services.GetRequiredService<Deployments>());
            builder.Services.AddSingleton<ImportantSeriesStore>();
            builder.Services.AddSingleton<ImportantSeries>();
            builder.Services.AddHostedService(services => services.GetRequiredService<ImportantSeries>());
            builder.Services.AddSingleton<NewNormalStore>();
            builder.Services.AddSingleton<NewNormals>();
            builder.Services.AddSingleton<ConfigurationHistory>();
            builder.Services.AddHostedService(services => services.GetRequiredService<ConfigurationHistory>());
            builder.Services.AddSingleton<AlertsPerPoint>();
            builder.Services.AddSingleton<AlertContext>();
            builder.Services.AddSingleton<PointHistory>();
            builder.Services.AddSingleton<SilenceJudge>();
            builder.Services.AddSingleton<TrainedStart>();
            builder.Services.AddSingleton<JointEvidence>();
            builder.Services.AddSingleton<Partitions>();
            builder.Services.AddSingleton<Checkpoints>();
            builder.Services.AddSingleton<Retirement>();
            builder.Services.AddSingleton<Estate>();
            builder.Services.AddSingleton<SeriesWhatIf>();
            builder.Services.AddSingleton<EstateReading>();
            builder.Services.AddSingleton<SeriesSearch>();
            builder.Services.AddSingleton<ChangeMarks>();
            builder.Services.AddSingleton<IncidentLines>();
            builder.Services.AddSingleton<Outages>();
            builder.Services.AddSingleton<NoDataWatch>();
            builder.Services.AddHostedService<PartitionWorker>();
            builder.Services.AddSingleton<JointWatch>();
            builder.Services.AddHostedService(services => services.GetRequiredService<JointWatch>());
            builder.Services.AddSingleton<IncidentExampleStore>();
            builder.Services.AddHostedService<TransactionJudge>();
            builder.Services.AddHostedService<CheckpointTimer>();
            builder.Services.AddHostedService<CardinalityWatch>();
            builder.Services.AddHostedService(services => services.GetRequiredService<NoDataWatch>());
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapTransactions()
        {
            app.MapSeries();
            app.MapDeployments();
            app.MapIncidentExamples();
            app.MapPointsFile().RequireAuthorization(Scopes.Read);
            app.MapIncidentsFile().RequireAuthorization(Scopes.Read);
            return app;
        }
    }
}
