using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Authority.Status;

/// <summary>
/// OCSP for both issuers, each with a responder of its own. Every answer is made from the database at that moment and
/// signed on demand: a revocation shows at once, and there is no old "good" of ours to replay beyond nextUpdate.
/// </summary>
internal sealed class StatusResponder(CertificationAuthority authority, CertificateStore certificates, TimeProvider time)
{
    /// <summary>Short, because a replayed "good" is believed that long; long enough for a validator's queue.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock making = new();
    private readonly Dictionary<string, (AuthorityIdentity Identity, OcspResponder Responder)> responders = new(StringComparer.Ordinal);

    public async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        // Most ask about people; the issuer that is meant stands in the request, and the wrong one says "unauthorized".
        var answer = await ResponderOf(IssuerNames.Issuing).RespondAsync(request, cancellation);
        return answer.Status == OcspResponseStatus.Unauthorized
            ? (await ResponderOf(IssuerNames.Root).RespondAsync(request, cancellation)).Body
            : answer.Body;
    }

    private OcspResponder ResponderOf(string issuerName)
    {
        var identity = authority.OcspOf(issuerName);
        lock (making)
        {
            if (!responders.TryGetValue(issuerName, out var present) || !ReferenceEquals(present.Identity, identity))
            {
                var issuer = string.Equals(issuerName, IssuerNames.Root, StringComparison.Ordinal) ? authority.Root : authority.Issuing;
                present = (identity, new OcspResponder(
                    identity.Signer,
                    identity.Certificate,
                    issuer,
                    new Source(certificates, issuerName),
                    time,
                    new OcspResponderOptions { Lifetime = Lifetime, ArchiveCutoff = authority.Root.NotBefore }));
                responders[issuerName] = present;
            }

            return present.Responder;
        }
    }

    private sealed class Source(CertificateStore certificates, string issuerName) : IOcspStatusSource
    {
        public async ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) =>
            await certificates.FindAsync(issuerName, serialNumber.ToString(), cancellationToken) switch
            {
                null => new CertificateStatus.Unknown(),
                { Standing: not CertificateStanding.Good } row => new CertificateStatus.Revoked(row.RevokedAt!.Value, (RevocationReason)(row.RevocationReason ?? 0)),
                // Prepared and not issued: nobody can hold it.
                { State: CertificateState.Prepared } => new CertificateStatus.Unknown(),
                _ => new CertificateStatus.Good(),
            };
    }
}
