using System.Formats.Asn1;
using Tera.Pades.Cms;

namespace Tera.Pades.Validation;

/// <summary>Reads an RFC 3161 token and checks it in itself: imprint, digest, value, one signer bound by its ESSCertID.</summary>
internal static class TimeStampReader
{
    /// <summary>The facts of a token over bytes that are at hand.</summary>
    public static TimeStampEvidence OverBytes(ReadOnlyMemory<byte> token, ReadOnlyMemory<byte> stamped, IReadOnlyList<ReadOnlyMemory<byte>> certificates) =>
        Read(token, algorithm => CmsFacts.Digest(algorithm, stamped.Span), certificates);

    /// <summary>The algorithm of a token's imprint, for who must hash a file for it; null where the token does not read.</summary>
    public static AlgorithmId? ImprintAlgorithm(ReadOnlyMemory<byte> token) =>
        SignedData.Read(token, out _) is { Content: { } content } && ReadInfo(content) is { } info ? info.Algorithm : null;

    /// <summary>The facts of a token over something whose digest the caller computes.</summary>
    public static TimeStampEvidence Read(ReadOnlyMemory<byte> token, Func<AlgorithmId, byte[]?> digestOf, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        var evidence = new TimeStampEvidence { Token = token.ToArray() };
        if (CmsFacts.Read(token, out var defect) is not { } facts)
            return evidence with { Problem = Defects.TextOf(defect) };
        evidence = evidence with
        {
            Token = token[..facts.Data.EncodedLength].ToArray(),
            Certificates = [.. facts.Data.Certificates.Select(c => c.ToArray())],
            Crls = [.. facts.Data.Crls.Select(c => c.ToArray())],
            OcspResponses = [.. facts.Data.OcspResponses.Select(c => c.ToArray())],
            DigestAlgorithm = facts.Signer.DigestAlgorithm.Oid,
            SignatureAlgorithm = facts.Signer.SignatureAlgorithm.Oid,
        };
        if (facts.Data.ContentType != CmsOids.TstInfo || facts.Data.Content is not { } content || ReadInfo(content) is not { } info)
            return evidence with { Problem = "the token holds no TSTInfo" };
        var matches = facts.Check(CmsFacts.Digest(facts.Signer.DigestAlgorithm, content.Span), CmsOids.TstInfo, certificates);
        var computed = digestOf(info.Algorithm);
        return evidence with
        {
            Time = info.Time,
            ImprintAlgorithm = info.Algorithm.Oid,
            ImprintMatches = computed is null ? null : computed.AsSpan().SequenceEqual(info.Imprint.Span),
            AuthorityCertificate = facts.Certificate?.Encoded.ToArray(),
            DigestMatches = matches,
            Value = facts.Value,
            Problem = ProblemOf(facts, matches),
        };
    }

    private static string? ProblemOf(CmsFacts facts, bool? digestMatches) =>
        facts.Certificate is null ? "the authority's certificate is not in the token"
        : facts.Defects.Count > 0 ? Defects.TextOf(facts.Defects[0])
        : digestMatches == false ? "the token's digest is not that of its content"
        : facts.Value == SignatureValueState.DoesNotHold ? "the token's signature does not hold"
        : digestMatches is null || facts.Value != SignatureValueState.Holds ? "the token's algorithm is not supported"
        : null;

    private static (AlgorithmId Algorithm, ReadOnlyMemory<byte> Imprint, DateTimeOffset Time)? ReadInfo(ReadOnlyMemory<byte> content)
    {
        try
        {
            var info = new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            info.ReadObjectIdentifier();
            var imprint = info.ReadSequence();
            var algorithm = AlgorithmId.Read(imprint);
            var hash = imprint.ReadOctetString();
            info.ReadInteger();
            return (algorithm, hash, info.ReadGeneralizedTime());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
