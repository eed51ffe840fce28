using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Cases;

namespace Tera.Office.Verification;

/// <summary>Upload, QR, public page: whether a letter is genuine.</summary>
public static class VerificationSlice
{
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.AddSingleton<LetterValidator>();
        services.AddSingleton<IVerification, VerificationDesk>();
        services.AddSingleton<IActEffect, ValidationEffect>();
        return services;
    }

    public static IEndpointRouteBuilder MapVerification(this IEndpointRouteBuilder endpoints)
    {
        VerificationEndpoints.Map(endpoints);
        return endpoints;
    }
}
