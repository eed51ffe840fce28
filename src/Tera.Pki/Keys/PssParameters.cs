using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;

namespace Tera.Pki.Keys;

/// <summary>RSASSA-PSS-params of RFC 4055 3.1, restricted to one hash for message and mask and a salt of its length.</summary>
internal static class PssParameters
{
    internal static void Write(AsnWriter writer, HashAlgorithmName hash, int saltLength)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                HashAlgorithms.WriteIdentifier(writer, hash, withNull: true);
            }
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Mgf1);
                HashAlgorithms.WriteIdentifier(writer, hash, withNull: true);
            }
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                writer.WriteInteger(saltLength);
            }
        }
    }

    /// <summary>Reads the parameters that follow the identifier. Absent fields mean SHA-1 and 20, which are not of the set.</summary>
    internal static bool TryRead(AsnReader identifier, out HashAlgorithmName hash)
    {
        hash = HashAlgorithmName.SHA1;
        var mask = HashAlgorithmName.SHA1;
        var saltLength = 20;
        var trailer = 1;
        if (!identifier.HasData)
        {
            return false;
        }
        var parameters = identifier.ReadSequence();
        while (parameters.HasData)
        {
            var tag = parameters.PeekTag();
            var field = parameters.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, tag.TagValue, isConstructed: true));
            switch (tag.TagValue)
            {
                case 0 when HashAlgorithms.ReadIdentifier(field) is { } named:
                    hash = named;
                    break;
                case 1:
                    var generator = field.ReadSequence();
                    if (generator.ReadObjectIdentifier() != Oids.Mgf1 || HashAlgorithms.ReadIdentifier(generator) is not { } maskHash)
                    {
                        return false;
                    }
                    mask = maskHash;
                    break;
                case 2 when field.TryReadInt32(out saltLength):
                case 3 when field.TryReadInt32(out trailer):
                    break;
                default:
                    return false;
            }
        }
        return hash == mask && trailer == 1 && saltLength == HashAlgorithms.LengthOf(hash);
    }
}
