using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tera.Office.Storage;

namespace Tera.Office.Accounts;

/// <summary>Login, sessions, roles.</summary>
public static class AccountsSlice
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, OfficeOptions options)
    {
        services.TryAddSingleton(new AccountsSettings());
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<IAccounts, AccountRegister>();
        services.AddSingleton<IDatabaseSeed, DemoAccountsSeed>();
        services.AddAuthentication(SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null);
        services.AddAuthorization();
        return services;
    }

    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        SessionEndpoints.Map(endpoints);
        return endpoints;
    }
}
