using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>The API's description: <c>/openapi/v1.json</c> for programs, <c>/scalar</c> for people; both without the
/// internet.</summary>
internal static class ApiDescription
{
    extension(IServiceCollection services)
    {
        public void AddApiDescription() => services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude =
                description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Cpf.Ml",
                    Version = ProgramVersion.Text,
                    Description =
                        "Metrics in, documented alerts out. Errors are application/problem+json with a traceId.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["token"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description = "A token, cpfml_…, with the scope that the operation needs.",
                    },
                };
                document.Security =
                    [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    extension(WebApplication app)
    {
        public void MapApiDescription()
        {
            app.MapOpenApi("/openapi/{documentName}.json");
            app.MapScalarApiReference("/scalar", options =>
            {
                options.Title = "Cpf.Ml API";
                options.DefaultFonts = false;
            });
        }
    }
}
