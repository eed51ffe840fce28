namespace Tera.Pades.Signing;

/// <summary>A file that has been signed and written.</summary>
public sealed class SignedPdf
{
    internal SignedPdf(ByteRange byteRange, ReadOnlyMemory<byte> cms, ReadOnlyMemory<byte> appended, RevisionHash hash)
    {
        ByteRange = byteRange;
        Cms = cms;
        Appended = appended;
        Hash = hash;
    }

    /// <summary>Number of bytes of the signed file.</summary>
    public long Length => Hash.Length;

    /// <summary>The bytes the signature covers.</summary>
    public ByteRange ByteRange { get; }

    /// <summary>The CMS signature.</summary>
    public ReadOnlyMemory<byte> Cms { get; }

    /// <summary>Whether the cross-reference sections of the file were damaged, so that its objects were found by reading it whole: what is signed is what this reading found.</summary>
    public bool WasRepaired { get; init; }

    /// <summary>What was appended to the file.</summary>
    public ReadOnlyMemory<byte> Appended { get; }

    /// <summary>The hash state of the whole file, with which the next signature need not read it again. Dispose it when it is not kept.</summary>
    public RevisionHash Hash { get; }
}
