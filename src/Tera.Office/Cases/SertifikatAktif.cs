using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Organisation;
using Tera.Office.Signing;

namespace Tera.Office.Cases;

/// <summary><c>keadaan:sertifikat_aktif</c>: the person who acts has a certificate that may sign now, so that no letter dies on an expired one.</summary>
internal sealed class SertifikatAktif(IServiceProvider services) : IKeadaan
{
    public string Name => "sertifikat_aktif";

    public async Task<bool?> HoldsAsync(Guid caseId, Guid starter, Guid actor, CancellationToken cancellation)
    {
        if (services.GetService<IAuthorityClient>() is not { } authority)
        {
            return null;
        }

        try
        {
            return await authority.FindCredentialAsync(actor, cancellation) is not null;
        }
        catch (Exception e) when (e is AuthorityUnreachableException or AuthorityRefusedException or HttpRequestException or IOException or TimeoutException)
        {
            return null;
        }
    }
}

/// <summary><c>sampai: sertifikat.habis</c>: the end of the certificate of the person the case is about.</summary>
internal sealed class SertifikatHabis(IServiceProvider services) : ISampai
{
    public string Name => "sertifikat.habis";

    public async Task<DateTimeOffset?> FindAsync(Guid caseId, Guid starter, CancellationToken cancellation)
    {
        if (services.GetService<IAuthorityClient>() is not { } authority)
        {
            return null;
        }

        try
        {
            return (await authority.FindCredentialAsync(starter, cancellation))?.ValidTo;
        }
        catch (Exception e) when (e is AuthorityUnreachableException or AuthorityRefusedException or HttpRequestException or IOException or TimeoutException)
        {
            return null;
        }
    }
}

/// <summary><c>keadaan:email_dinas_aktif</c>: the person the case is about has an official mailbox in the register of persons.</summary>
internal sealed class EmailDinasAktif(IOrganisation organisation) : IKeadaan
{
    public string Name => "email_dinas_aktif";

    public async Task<bool?> HoldsAsync(Guid caseId, Guid starter, Guid actor, CancellationToken cancellation) =>
        (await organisation.FindPersonAsync(starter, cancellation))?.Email is { Length: > 0 };
}

/// <summary><c>keadaan:email_aktif</c>: the same mailbox, as other SOPs call it.</summary>
internal sealed class EmailAktif(IOrganisation organisation) : IKeadaan
{
    public string Name => "email_aktif";

    public async Task<bool?> HoldsAsync(Guid caseId, Guid starter, Guid actor, CancellationToken cancellation) =>
        (await organisation.FindPersonAsync(starter, cancellation))?.Email is { Length: > 0 };
}
