namespace Tera.Pades.Signing.LongTerm;

/// <summary>A file whose signatures were extended and that was written.</summary>
public sealed class ExtendedPdf
{
    internal ExtendedPdf(ReadOnlyMemory<byte> appended, int certificates, int crls, int ocspResponses, int timeStamps, RevisionHash hash)
    {
        Appended = appended;
        Certificates = certificates;
        Crls = crls;
        OcspResponses = ocspResponses;
        TimeStamps = timeStamps;
        Hash = hash;
    }

    /// <summary>Number of bytes of the file.</summary>
    public long Length => Hash.Length;

    /// <summary>What was appended; empty where the document had all it needed.</summary>
    public ReadOnlyMemory<byte> Appended { get; }

    /// <summary>How many certificates were added to the document security store.</summary>
    public int Certificates { get; }

    /// <summary>How many revocation lists were added to it.</summary>
    public int Crls { get; }

    /// <summary>How many OCSP responses were added to it.</summary>
    public int OcspResponses { get; }

    /// <summary>How many document time stamps were added.</summary>
    public int TimeStamps { get; }

    /// <summary>The hash state of the whole file, with which the next signature or time stamp need not read it again. Dispose it when it is not kept.</summary>
    public RevisionHash Hash { get; }
}
