using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Baseline;

/// <summary>A CMS signature with a fault on request; without one it is what a B-B signature has.</summary>
internal sealed record ForgedCms
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Data = "1.2.840.113549.1.7.1";

    private static readonly Identity Signer = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
    private static readonly Certificate Own = Certificate.Decode(Signer.Chain[0]);

    public int Signers { get; init; } = 1;

    public bool HasContent { get; init; }

    public bool HasCertificates { get; init; } = true;

    public string ContentType { get; init; } = Data;

    public bool HasMessageDigest { get; init; } = true;

    public int SigningCertificates { get; init; } = 1;

    public bool NamesOtherCertificate { get; init; }

    /// <summary>Signed attributes besides: their types; the values are empty sequences.</summary>
    public string[] More { get; init; } = [];

    public bool InOrder { get; init; } = true;

    public string SignatureAlgorithmOid { get; init; } = "1.2.840.10045.4.3.2";

    public bool HasWrongValue { get; init; }

    public string[] Unsigned { get; init; } = [];

    public bool IsIndefinite { get; init; }

    public byte[] Build(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSetOf())
                Algorithm(writer, Sha256);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ContentType);
                if (HasContent)
                {
                    using (writer.PushSequence(Context(0)))
                        writer.WriteOctetString(content);
                }
            }
            if (HasCertificates)
            {
                using (writer.PushSetOf(Context(0)))
                    writer.WriteEncodedValue(Signer.Chain[0].Span);
            }
            using (writer.PushSetOf())
            {
                for (var i = 0; i < Signers; i++)
                    SignerInfo(writer, SHA256.HashData(content));
            }
        }
        var inner = writer.Encode();
        var outer = new AsnWriter(AsnEncodingRules.DER);
        using (outer.PushSequence())
        {
            outer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (outer.PushSequence(Context(0)))
                outer.WriteEncodedValue(inner);
        }
        var encoded = outer.Encode();
        // The outer length, of three bytes here, as an indefinite one with its end.
        return IsIndefinite ? [0x30, 0x80, .. encoded.AsSpan(encoded[1] == 0x82 ? 4 : 3), 0, 0] : encoded;
    }

    private void SignerInfo(AsnWriter writer, byte[] digest)
    {
        var attributes = Attributes(digest);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(Own.Issuer.Encoded.Span);
                writer.WriteInteger(Own.SerialNumber.Octets.Span);
            }
            Algorithm(writer, Sha256);
            writer.WriteEncodedValue([0xA0, .. attributes.AsSpan(1)]);
            Algorithm(writer, SignatureAlgorithmOid);
            var value = Signer.Signer.SignDigest(SHA256.HashData(attributes));
            if (HasWrongValue)
                value[^1] ^= 1;
            writer.WriteOctetString(value);
            if (Unsigned.Length == 0)
                return;
            using (writer.PushSetOf(Context(1)))
            {
                foreach (var type in Unsigned)
                    Empty(writer, type);
            }
        }
    }

    private byte[] Attributes(byte[] digest)
    {
        var all = new List<byte[]> { Attribute("1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier(ContentType)) };
        if (HasMessageDigest)
            all.Add(Attribute("1.2.840.113549.1.9.4", w => w.WriteOctetString(digest)));
        for (var i = 0; i < SigningCertificates; i++)
            all.Add(Attribute("1.2.840.113549.1.9.16.2.47", SigningCertificate));
        foreach (var type in More)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            Empty(writer, type);
            all.Add(writer.Encode());
        }
        var set = new AsnWriter(AsnEncodingRules.DER);
        using (set.PushSetOf())
        {
            foreach (var attribute in all)
                set.WriteEncodedValue(attribute);
        }
        var ordered = set.Encode();
        if (InOrder)
            return ordered;
        var first = new AsnReader(ordered, AsnEncodingRules.BER).ReadSetOf(skipSortOrderValidation: true).ReadEncodedValue();
        var head = ordered.Length - all.Sum(a => a.Length);
        return [.. ordered.AsSpan(0, head), .. ordered.AsSpan(head + first.Length), .. first.Span];
    }

    private void SigningCertificate(AsnWriter writer)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(NamesOtherCertificate ? Signer.Chain[1].Span : Signer.Chain[0].Span));
    }

    private static byte[] Attribute(string type, Action<AsnWriter> value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSetOf())
                value(writer);
        }
        return writer.Encode();
    }

    private static void Empty(AsnWriter writer, string type) => writer.WriteEncodedValue(Attribute(type, w =>
    {
        using (w.PushSequence())
        {
            return;
        }
    }));

    private static void Algorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(oid);
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
