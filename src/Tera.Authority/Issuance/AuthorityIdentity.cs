using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Authority.Issuance;

/// <summary>A certificate of the authority with its open key.</summary>
internal sealed record AuthorityIdentity(Certificate Certificate, SoftwareSigner Signer);
