using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Validation;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pades.Baseline;

/// <summary>A signature as the checklist looks at it: its dictionary, its CMS structure, and what the file holds about it.</summary>
internal sealed class BaselineSubject
{
    private readonly IReadOnlyList<Certificate> _anchors;
    private readonly Dictionary<long, ExtensionException?> _coverage = [];

    public BaselineSubject(PdfFile file, Evidence evidence, SignatureEvidence signature, IReadOnlyList<Certificate> anchors)
    {
        File = file;
        Evidence = evidence;
        Signature = signature;
        _anchors = anchors;
        View = file.At(signature.FirstRevision);
        var field = SignatureField.Read(View).FirstOrDefault(f => f.Name == signature.Field);
        Dictionary = field?.Value ?? PdfDictionary.Of();
        Contents = View.Resolve(Dictionary["Contents"]) as PdfString;
        Cms = Contents is null ? null : SignedData.Read(Contents.Bytes, out _);
        Signer = Cms?.Signers.Count > 0 ? Cms.Signers[0] : null;
    }

    public PdfFile File { get; }

    public Evidence Evidence { get; }

    public SignatureEvidence Signature { get; }

    /// <summary>The file as it stood when the signature was put there.</summary>
    public PdfView View { get; }

    public PdfDictionary Dictionary { get; }

    public PdfString? Contents { get; }

    public SignedData? Cms { get; }

    public SignerInfo? Signer { get; }

    /// <summary>The document time stamps that hold and cover the signature, oldest first.</summary>
    public IEnumerable<SignatureEvidence> Archives =>
        Evidence.Signatures.Where(s => s.IsDocumentTimeStamp && s.IsIntact && s.Revision > Signature.Revision && s.TimeStamps.Any(t => t.IsIntact));

    /// <summary>The earliest time that is proven; null where none is.</summary>
    public DateTimeOffset? Time => Signature.TimeStamps.Concat(Archives.SelectMany(a => a.TimeStamps)).Where(t => t.IsIntact).Min(t => t.Time);

    public bool Has(params ReadOnlySpan<StructureDefect> defects)
    {
        foreach (var defect in defects)
        {
            if (Signature.Defects.Contains(defect))
                return true;
        }
        return false;
    }

    /// <summary>The values of all signed attributes of a type.</summary>
    public int CountSigned(string oid) => Signer?.SignedAttributes.Count(a => a.Oid == oid) ?? 0;

    /// <summary>
    /// What is missing to prove the signer and the authorities of the time stamps before an offset, from the values of the store that
    /// lie before it and the certificates in signatures and tokens; null where nothing is.
    /// </summary>
    /// <param name="before">The offset; <see cref="long.MaxValue"/> for the whole file, and then the newest document time stamp is left out.</param>
    public ExtensionException? Missing(long before)
    {
        if (_coverage.TryGetValue(before, out var known))
            return known;
        return _coverage[before] = FindMissing(before);
    }

    private ExtensionException? FindMissing(long before)
    {
        if (Time is not { } time)
            return new ExtensionException(ExtensionRefusal.NoTimeStampAuthority, "no time is proven");
        // The same judgement that gathering rests on, with nobody to ask.
        var gatherer = new MaterialGatherer(new ExtensionRequest { Level = PadesLevel.Lt, Anchors = _anchors });
        gatherer.Know(
            Stored(Evidence.StoredCertificates, before).Concat(Evidence.Signatures.SelectMany(s => s.Certificates.Concat(s.TimeStamps.SelectMany(t => t.Certificates))).Select(AsMemory)),
            Stored(Evidence.StoredCrls, before),
            Stored(Evidence.StoredOcspResponses, before));
        // The newest document time stamp is proven when it is renewed, unless it is the one that proves the time.
        var archives = Archives.Where(a => a.ByteRange[1] < before).ToList();
        var isRenewable = Signature.TimeStamps.Any(t => t.IsIntact) || archives.Count > 1;
        var inNeed = before == long.MaxValue && isRenewable ? archives.SkipLast(1) : archives;
        try
        {
            Cover(gatherer, Signature.SignerCertificate, time, purpose: null);
            foreach (var stamp in Signature.TimeStamps.Concat(inNeed.SelectMany(a => a.TimeStamps)).Where(t => t.IsIntact))
                Cover(gatherer, stamp.AuthorityCertificate, stamp.Time!.Value, Oids.KeyPurposeTimeStamping);
            return null;
        }
        catch (ExtensionException missing)
        {
            return missing;
        }
    }

    private static void Cover(MaterialGatherer gatherer, byte[]? encoded, DateTimeOffset at, string? purpose)
    {
        if (!Certificate.TryDecode(encoded, out var certificate, out var error))
            throw new ExtensionException(ExtensionRefusal.CertificateUnreadable, error);
        // Without a network it never waits.
        gatherer.CoverAsync(certificate, at, purpose, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Stored(IReadOnlyList<StoredValue> values, long before) => values.Where(v => v.Offset < before).Select(v => AsMemory(v.Encoded));

    private static ReadOnlyMemory<byte> AsMemory(byte[] bytes) => bytes;
}
