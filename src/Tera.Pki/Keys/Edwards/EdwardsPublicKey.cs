using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Keys.Edwards;

/// <summary>A public key on Ed25519 or Ed448 (RFC 8410 4), verified by libcrypto where it is there, else by our own arithmetic.</summary>
internal sealed class EdwardsPublicKey : IDisposable
{
    private readonly byte[] _point;
    private readonly EvpKey? _native;

    private EdwardsPublicKey(string oid, byte[] point)
    {
        Oid = oid;
        _point = point;
        _native = EvpKey.OpenPublic(point);
    }

    public string Oid { get; }

    public int Bits => Oid == Oids.Ed25519 ? 255 : 448;

    /// <summary>Reads a SubjectPublicKeyInfo; null where its key is on neither curve or has the wrong length.</summary>
    /// <exception cref="AsnContentException">It is not DER.</exception>
    public static EdwardsPublicKey? TryRead(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        var oid = info.ReadSequence().ReadObjectIdentifier();
        var length = oid switch { Oids.Ed25519 => 32, Oids.Ed448 => 57, _ => 0 };
        return length > 0 && info.ReadBitString(out var unused) is { } point && unused == 0 && point.Length == length
            ? new EdwardsPublicKey(oid, point)
            : null;
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _native is not null ? _native.Verify(message, signature)
        : (Oid == Oids.Ed25519 ? EdwardsCurve.Ed25519 : EdwardsCurve.Ed448).Verify(_point, message, signature);

    public void Dispose() => _native?.Dispose();
}
