using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tera.Office.Shell;

/// <summary>Layout, language, design, error pages: what all pages of the office share.</summary>
public static class ShellSlice
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "tera_formulir";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = FormField.Antiforgery;
            // SecurityHeaders sends a stricter one.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StaticAssets>();
        services.AddScoped<Visit>();
        return services;
    }

    /// <summary>First in the pipeline: headers on every answer, and a page instead of an empty error for people.</summary>
    public static IApplicationBuilder UseShell(this IApplicationBuilder app) =>
        app.Use((context, next) => SecurityHeaders.AddAsync(context, next))
            .Use((context, next) => ErrorPages.ReplaceAsync(context, next));

    public static IEndpointRouteBuilder MapShell(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<StaticAssets>().Map(endpoints);
        endpoints.MapPublicPages().MapForm("/tampilan", DisplaySettings.Change);
        return endpoints;
    }
}
