using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Certifications;

internal static class CertificationsModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddCertifications()
        {
            builder.AddSettings<CertificationsSettings>("Certifications");
            builder.Services.AddSingleton<CaseStore>();
            builder.Services.AddSingleton<CaseDecisionStore>();
            builder.Services.AddSingleton<CertificationRunStore>();
            builder.Services.AddSingleton<Cases>();
            builder.Services.AddSingleton<CertificationScoring>();
            builder.Services.AddHostedService(services => services.GetRequiredService<CertificationScoring>());
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapCertifications()
        {
            app.MapCases();
            app.MapQueueFile();
            return app;
        }
    }
}
