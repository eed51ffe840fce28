using Tera.Authority.Issuance;
using Tera.Pki.Profiles;
using Tera.Pki.TimeStamping;

namespace Tera.Authority.TimeStamping;

/// <summary>The time-stamping unit with its present key; made anew when that is replaced.</summary>
internal sealed class TimeStampUnit(CertificationAuthority authority, TimeStampClock clock, TimeStampSerials serials)
{
    private readonly Lock making = new();
    private AuthorityIdentity? identity;
    private TimeStampResponder? responder;

    public ValueTask<byte[]> RespondAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation) =>
        Responder().RespondAsync(request, cancellation);

    private TimeStampResponder Responder()
    {
        lock (making)
        {
            var present = authority.TimeStamping;
            if (responder is null || !ReferenceEquals(identity, present))
            {
                responder = new TimeStampResponder(
                    present.Signer,
                    present.Certificate,
                    authority.Chain,
                    new TimeStampResponderOptions { DefaultPolicy = BuiltInProfiles.TimeStamping.Policies[0].Oid },
                    clock,
                    serials);
                identity = present;
            }

            return responder;
        }
    }
}
