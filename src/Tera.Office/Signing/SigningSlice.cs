using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Cases;
using Tera.Pki.TimeStamping;

namespace Tera.Office.Signing;

/// <summary>Paraf and TTE: activations at the authority, signatures in the PDF.</summary>
public static class SigningSlice
{
    /// <summary>Name of the HTTP client that reaches the authority.</summary>
    private const string Authority = "authority";

    /// <summary>An unlock (Argon2id in a queue) may take seconds under load; longer means that nobody answers.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddSigning(this IServiceCollection services, OfficeOptions options)
    {
        services.AddHttpClient(Authority, http =>
        {
            http.Timeout = Timeout;
            http.MaxResponseContentBufferSize = AuthorityClient.MaxAnswerBytes;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        services.AddSingleton<IAuthorityClient>(provider => new AuthorityClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(Authority), options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITimeStampClient>(provider => new HttpTimeStampClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(Authority), new Uri(options.AuthorityBaseUrl, "tsa"), RandomNumberGenerator.Create()));
        services.AddSingleton<LetterSigner>();
        services.AddSingleton<IActEffect, PadesEffect>();
        services.AddSingleton<IActEffect, ParafEffect>();
        services.AddSingleton<IActEffect, TimeStampEffect>();
        return services;
    }
}
