using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tera.Office.Api;

/// <summary>What all REST endpoints share: the description; <see cref="ApiErrors"/> answers for addresses that are none.</summary>
public static class ApiSlice
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", description => description.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new Microsoft.OpenApi.OpenApiInfo
            {
                Title = "Tera",
                Version = "v1",
                Description = "Prosedur, naskah, dan tanda tangan elektronik. Galat dijawab sebagai application/problem+json dengan anggota reason yang tetap.",
            };
            // The address this office is known by, never the Host header: a stranger's name in it would reach the readers of a cached description.
            string address = context.ApplicationServices.GetRequiredService<OfficeOptions>().PublicBaseUrl.ToString();
            document.Servers = [new Microsoft.OpenApi.OpenApiServer { Url = address.TrimEnd('/') }];
            return Task.CompletedTask;
        }));
        services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in ApiJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        return services;
    }

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        return endpoints;
    }
}
