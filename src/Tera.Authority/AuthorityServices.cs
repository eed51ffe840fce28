using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tera.Authority.Access;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Authority.RemoteSigning;
using Tera.Authority.Status;
using Tera.Authority.TimeStamping;
using Tera.Authority.Vault;

namespace Tera.Authority;

/// <summary>The seam to the host: it registers the authority and mounts its paths, alone or beside the office.</summary>
public static class AuthorityServices
{
    public static IServiceCollection AddAuthority(this IServiceCollection services, AuthorityOptions options)
    {
        if (!options.PublicBaseUrl.IsAbsoluteUri || options.PublicBaseUrl.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException($"The public address of the authority must be an absolute http address, not {options.PublicBaseUrl}.", nameof(options));
        }

        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Lockout);
        services.AddSingleton(options.Activations);
        services.AddPooledDbContextFactory<AuthorityDb>(builder => AuthorityDbSetup.Configure(builder, options.EffectiveDatabase));
        AddVault(services, options);
        services.AddSingleton(_ => ClientRegistry.Open(options.EffectiveClients));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Gate>();
        services.AddSingleton<Counters>();
        services.AddSingleton<CertificateStore>();
        services.AddSingleton<AuthorityKeys>();
        services.AddSingleton<CertificationAuthority>();
        services.AddSingleton<Enrolment>();
        services.AddSingleton<CredentialLife>();
        services.AddSingleton<CredentialView>();
        services.AddSingleton<CredentialDescriptions>();
        services.AddSingleton<OpenKeys>();
        services.AddSingleton<Activations>();
        services.AddSingleton<CrlPublisher>();
        services.AddSingleton<StatusResponder>();
        services.AddSingleton<TimeStampClock>();
        services.AddSingleton<TimeStampSerials>();
        services.AddSingleton<TimeStampUnit>();
        services.AddSingleton(provider => new AuthorityStartup(
            options,
            provider.GetRequiredService<IDbContextFactory<AuthorityDb>>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<Counters>(),
            provider.GetRequiredService<CertificationAuthority>(),
            provider.GetRequiredService<CrlPublisher>(),
            provider.GetRequiredService<TimeStampClock>(),
            provider.GetRequiredService<ILogger<AuthorityStartup>>()));
        services.AddHostedService(provider => provider.GetRequiredService<AuthorityStartup>());
        services.AddSingleton<Upkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<Upkeep>());
        return services;
    }

    public static IEndpointRouteBuilder MapAuthority(this IEndpointRouteBuilder routes)
    {
        // The clients' secret files are made here, before anybody can ask for them.
        routes.ServiceProvider.GetRequiredService<ClientRegistry>();
        var group = routes.MapGroup(string.Empty);
        group.WithMetadata(new ExcludeFromDescriptionAttribute()).AllowAnonymous().DisableAntiforgery();
        group.MapTokens();
        group.MapServiceInfo();
        group.MapSigning();
        group.MapEnrolment();
        group.MapStatus();
        group.MapTimeStamping();
        return routes;
    }

    private static void AddVault(IServiceCollection services, AuthorityOptions options)
    {
        services.AddSingleton(_ => PlatformKey.OpenOrCreate(options.EffectivePlatformKeyFile));
        services.AddSingleton(_ => new KdfQueue(options.KdfQueue));
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IDbContextFactory<AuthorityDb>>(),
            provider.GetRequiredService<PlatformKey>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Attempts>();
        services.AddSingleton<KeyVault>();
    }
}
