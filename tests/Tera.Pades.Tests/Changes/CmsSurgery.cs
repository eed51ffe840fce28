using System.Formats.Asn1;

namespace Tera.Pades.Tests.Changes;

/// <summary>Takes a CMS signature apart and puts it together in another way (RFC 5652 5.1, 5.3).</summary>
internal sealed class CmsSurgery
{
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public CmsSurgery(byte[] cms)
    {
        var data = new AsnReader(cms, AsnEncodingRules.BER).ReadSequence();
        data.ReadObjectIdentifier();
        data = data.ReadSequence(Context0).ReadSequence();
        data.ReadInteger();
        DigestAlgorithms = data.ReadEncodedValue().ToArray();
        Content = data.ReadEncodedValue().ToArray();
        Certificates = data.ReadEncodedValue().ToArray();
        var signer = data.ReadSetOf().ReadSequence();
        while (signer.HasData)
            Signer.Add(signer.ReadEncodedValue().ToArray());
    }

    public byte[] DigestAlgorithms { get; set; }

    public byte[] Content { get; set; }

    public byte[] Certificates { get; set; }

    /// <summary>version, sid, digestAlgorithm, signedAttrs, signatureAlgorithm, signature.</summary>
    public List<byte[]> Signer { get; } = [];

    public int Signers { get; set; } = 1;

    /// <summary>The content with bytes inside.</summary>
    public void Enclose(byte[] inside)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.1");
            using (writer.PushSequence(Context0))
                writer.WriteOctetString(inside);
        }
        Content = writer.Encode();
    }

    public byte[] Write()
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(Context0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.WriteEncodedValue(DigestAlgorithms);
                writer.WriteEncodedValue(Content);
                writer.WriteEncodedValue(Certificates);
                using (writer.PushSetOf())
                {
                    for (var i = 0; i < Signers; i++)
                    {
                        using (writer.PushSequence())
                        {
                            foreach (var part in Signer)
                                writer.WriteEncodedValue(part);
                        }
                    }
                }
            }
        }
        return writer.Encode();
    }
}
