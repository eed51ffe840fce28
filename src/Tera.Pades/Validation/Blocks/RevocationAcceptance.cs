using Tera.Pki.Paths;

namespace Tera.Pades.Validation.Blocks;

/// <summary>Whether a statement about revocation counts.</summary>
internal enum Acceptance
{
    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>Its signer's certificate has ended, and nothing proves that the statement is older.</summary>
    SignerEnded,

    /// <summary>It does not count.</summary>
    Refused,
}

/// <summary>
/// RAC: whether revocation data may be relied on (EN 319 102-1 5.2.5): its signer was entitled and within validity when it signed,
/// it would know of a certificate that has ended, and its algorithms were good enough when it is proven to have been there.
/// </summary>
internal sealed class RevocationAcceptance(AlgorithmObsolescence algorithms, ProofsOfExistence proofs, ValidationPolicy policy)
{
    public Acceptance Judge(RevocationStatement statement, TrustedChain chain, Func<RevocationStatement, TrustedChain, bool> isSignerRevoked)
    {
        var proven = proofs.Of(statement.Encoded);
        if (!statement.KnowsEnded || statement.ThisUpdate > policy.At + policy.ClockSkew)
            return Acceptance.Refused;
        if (!algorithms.Judge([algorithms.UseOf("The revocation data", statement.SignatureAlgorithmIdentifier, statement.Signer)], proven).IsPassed)
            return Acceptance.Refused;
        // An authority of the chain is judged with the chain.
        if (chain.Certificates.Any(c => c.SubjectPublicKeyInfo.Span.SequenceEqual(statement.Signer.SubjectPublicKeyInfo.Span)))
            return Acceptance.Accepted;
        if (statement.ProducedAt < statement.Signer.NotBefore || statement.ProducedAt > statement.Signer.NotAfter)
            return Acceptance.Refused;
        // RFC 6960 4.2.2.2.1: with nocheck the responder's short life stands in for a status.
        if (!statement.Signer.Constraints.HasOcspNoCheck && isSignerRevoked(statement, chain))
            return Acceptance.Refused;
        return proven > statement.Signer.NotAfter ? Acceptance.SignerEnded : Acceptance.Accepted;
    }
}
