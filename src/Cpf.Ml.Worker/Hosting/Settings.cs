using Cpf.Ml.Scoring;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>Registers settings that refuse to start the host when they are wrong, with every reason at once.</summary>
internal static class Settings
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Binds <paramref name="section"/> to <typeparamref name="T"/>; inject it as <typeparamref name="T"/>.</summary>
        public IHostApplicationBuilder AddSettings<T>(string section)
            where T : class, IValidated
        {
            builder.Services.AddOptions<T>()
                .Configure<IConfiguration>((settings, configuration) => configuration.GetSection(section)
                    .Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true))
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<T>>(new Validation<T>(section));
            builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<T>>().Value);
            return builder;
        }
    }

    private sealed class Validation<T>(string section) : IValidateOptions<T>
        where T : class, IValidated
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var reasons = options.Validate().Select(reason => $"{section}: {reason}").ToList();
            return reasons.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(reasons);
        }
    }
}
