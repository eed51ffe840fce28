using System.Buffers.Binary;

namespace Tera.Pki.Asn1;

/// <summary>Tag and length of a DER value, for large values that are put together from parts.</summary>
internal static class DerHeader
{
    internal static byte[] Encode(byte tag, int length)
    {
        if (length < 0x80)
        {
            return [tag, (byte)length];
        }
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, length);
        var significant = octets.TrimStart((byte)0);
        return [tag, (byte)(0x80 | significant.Length), .. significant];
    }
}
