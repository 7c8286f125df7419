using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Matching;

internal static class MatchingModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddMatching()
        {
            builder.AddSettings<MatchingSettings>("Matching");
            builder.Services.AddSingleton<CatalogueLoading>();
            builder.Services.AddSingleton<PerimeterStore>();
            builder.Services.AddSingleton<Perimeters>();
            builder.Services.AddHostedService(services => services.GetRequiredService<CatalogueLoading>());
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapMatching()
        {
            app.MapRecommendations();
            app.MapPerimeters();
            app.MapSearchFile();
            return app;
        }
    }
}
