using Cpf.Ml.Scoring;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>Registers settings that are validated at start: the host refuses to start and reports every reason at
/// once.</summary>
internal static class Settings
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Binds <paramref name="section"/> to <typeparamref name="T"/>; inject it as
        /// <typeparamref name="T"/>.</summary>
        public IHostApplicationBuilder AddSettings<T>(string section)
            where T : class, IValidated
        {
            builder.Services.AddOptions<T>()
                .Configure<IConfiguration>((settings, configuration) => Bind(settings, configuration, section))
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<T>>(new Validation<T>(section));
            builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<T>>().Value);
            return builder;
        }
    }

    /// <summary>Reports a misspelt name or an unreadable value as a broken setting, with its section, like a value out
    /// of range.</summary>
    private static void Bind<T>(T settings, IConfiguration configuration, string section)
        where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException reason)
        {
            var unknown = reason.Message.LastIndexOf(": '", StringComparison.Ordinal);
            var message = unknown >= 0 && reason.Message.Contains("properties were not found", StringComparison.Ordinal)
                ? $"{section}: there is no setting {reason.Message[(unknown + 2)..]}."
                : $"{section}: {reason.Message}";
            throw new OptionsValidationException(section, typeof(T), [message]);
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
