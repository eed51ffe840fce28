using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Accounts.Pages;
using Tera.Office.Api;
using Tera.Office.Archive;
using Tera.Office.Archive.Pages;
using Tera.Office.Cases;
using Tera.Office.Cases.Pages;
using Tera.Office.Letters.Pages;
using Tera.Office.Letters;
using Tera.Office.Notifications;
using Tera.Office.Organisation;
using Tera.Office.Organisation.Pages;
using Tera.Office.Shell;
using Tera.Office.Signing;
using Tera.Office.Storage;
using Tera.Office.Verification;
using Tera.Office.Verification.Pages;

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
        services.AddNotifications(options);
        services.AddLetters(options);
        services.AddArchive();
        services.AddSigning(options);
        services.AddVerification();
        services.AddApi();
        services.AddShell();
        services.AddLetterScreens();
        return services;
    }

    /// <summary>First in the door's pipeline: security headers, pages for errors, problem+json below /api.</summary>
    public static IApplicationBuilder UseOffice(this IApplicationBuilder app) => app.UseShell().UseApiErrors();

    public static IEndpointRouteBuilder MapOffice(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAccounts();
        endpoints.MapOrganisation();
        endpoints.MapCases();
        endpoints.MapLetters();
        endpoints.MapArchive();
        endpoints.MapNotifications();
        endpoints.MapVerification();
        endpoints.MapApi();
        endpoints.MapShell();
        return endpoints.MapOfficePages();
    }

    /// <summary>What people see, slice by slice.</summary>
    internal static IEndpointRouteBuilder MapOfficePages(this IEndpointRouteBuilder endpoints)
    {
        AccountPages.Map(endpoints);
        CaseScreens.Map(endpoints);
        LetterScreens.Map(endpoints);
        ArchiveScreens.Map(endpoints);
        VerificationPages.Map(endpoints);
        OrganisationPages.Map(endpoints);
        return endpoints;
    }
}
