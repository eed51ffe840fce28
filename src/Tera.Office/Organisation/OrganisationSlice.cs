using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Storage;

namespace Tera.Office.Organisation;

/// <summary>Agencies, units, positions, holders, acting officials.</summary>
public static class OrganisationSlice
{
    public static IServiceCollection AddOrganisation(this IServiceCollection services, OfficeOptions options)
    {
        services.AddSingleton<IOrganisation, OrganisationDirectory>();
        services.AddSingleton<ActingOfficials>();
        services.AddSingleton<IDatabaseSeed, DemoAgencySeed>();
        if (options.SeedDemoAgency)
        {
            services.AddHostedService<DemoCredentials>();
        }

        return services;
    }

    public static IEndpointRouteBuilder MapOrganisation(this IEndpointRouteBuilder endpoints)
    {
        OrganisationEndpoints.Map(endpoints);
        return endpoints;
    }
}
