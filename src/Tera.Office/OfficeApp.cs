using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Api;
using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office;

/// <summary>The office as the door mounts it. Each slice adds its own services and endpoints; this list is the table of contents.</summary>
public static class OfficeApp
{
    public static IServiceCollection AddOffice(this IServiceCollection services, OfficeOptions options)
    {
        services.AddSingleton(options);
        services.AddStorage(options);
        services.AddOrganisation(options);
        services.AddAccounts(options);
        services.AddCases(options);
        services.AddApi();
        return services;
    }

    public static IEndpointRouteBuilder MapOffice(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAccounts();
        endpoints.MapOrganisation();
        endpoints.MapCases();
        endpoints.MapApi();
        return endpoints;
    }
}
