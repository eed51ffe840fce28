using System.Formats.Asn1;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;

namespace Tera.Pades.Validation;

/// <summary>The facts of one signature dictionary, gathered before and after the bytes are hashed.</summary>
internal sealed class SignatureReader
{
    private const int MaxTimeStamps = 64;

    private const int MaxAttributes = 64;

    private readonly PdfFile _file;
    private readonly FoundSignature _found;
    private readonly PdfView _view;
    private readonly PdfDictionary _dictionary;
    private readonly SignedRange _range;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _stored;
    private readonly string _subFilter;
    private readonly ReadOnlyMemory<byte> _container;
    private readonly List<StructureDefect> _defects;
    private readonly CmsFacts? _cms;
    private byte[]? _digest;
    private AlgorithmId _hashed;

    public SignatureReader(PdfFile file, FoundSignature found, IReadOnlyList<ReadOnlyMemory<byte>> stored)
    {
        _file = file;
        _found = found;
        _stored = stored;
        _dictionary = found.Dictionary;
        _view = file.At(found.FirstRevision);
        _subFilter = _view.GetName(_dictionary, "SubFilter") ?? "";
        _range = SignedRange.Read(file, _dictionary, _view);
        _defects = _range.Defects;
        if (found.IsStray)
            _defects.Insert(0, StructureDefect.NotInForm);
        _container = (_view.Resolve(_dictionary["Contents"]) as PdfString)?.Bytes ?? default;
        if (found.LastRevision < file.Revisions.Count - 1)
            _defects.Add(StructureDefect.Replaced);
        if (_container.IsEmpty || _container.Span.IndexOfAnyExcept((byte)0) < 0)
            _defects.Add(StructureDefect.ContentsMissing);
        else if (_subFilter != "adbe.x509.rsa_sha1" && (_cms = CmsFacts.Read(_container, out var defect)) is null)
            _defects.Add(defect);
        if (_cms is not null && _container.Span[_cms.Data.EncodedLength..].IndexOfAnyExcept((byte)0) >= 0)
            _defects.Add(StructureDefect.ContentsNotPadded);
        if (!IsKnownSubFilter)
            _defects.Add(StructureDefect.SubFilterUnknown);
    }

    public int? Revision => _range.Revision;

    private bool IsTimeStamp => _subFilter == "ETSI.RFC3161";

    private bool IsKnownSubFilter =>
        // PBAD.PAdES is Brazil's name for a detached CMS signature (DOC-ICP-15.03).
        _subFilter is "adbe.pkcs7.detached" or "ETSI.CAdES.detached" or "PBAD.PAdES" or "ETSI.RFC3161" or "adbe.pkcs7.sha1" or "adbe.x509.rsa_sha1";

    /// <summary>Asks for the digest of the covered bytes.</summary>
    public void Ask(DigestPass pass)
    {
        if (!_range.CanBeHashed)
            return;
        _hashed = IsTimeStamp ? TimeStampReader.ImprintAlgorithm(_container) ?? default
            : _subFilter is "adbe.pkcs7.sha1" or "adbe.x509.rsa_sha1" ? new AlgorithmId(CmsOids.Sha1, default)
            : _cms?.Signer.DigestAlgorithm ?? default;
        if (_hashed.Oid is not null)
            pass.Want(_hashed, _range.Hole, _range.Behind, _range.End, digest => _digest = digest);
    }

    public SignatureEvidence Finish()
    {
        var evidence = new SignatureEvidence
        {
            Field = _found.Field.Name,
            ObjectNumber = _found.Number,
            SubFilter = _subFilter,
            Type = _view.GetName(_dictionary, "Type") ?? "",
            HasReason = _dictionary["Reason"] is not null,
            HasModificationTime = _view.Resolve(_dictionary["M"]) is PdfString stated && PdfText.DecodeDate(stated) is not null,
            HasCertificateEntry = _dictionary["Cert"] is not null,
            SignedAttributes = [.. (_cms?.Signer.SignedAttributes ?? []).Take(MaxAttributes).Select(a => a.Oid)],
            IsDocumentTimeStamp = IsTimeStamp,
            IsCertification = Transform("DocMDP") is not null,
            ClaimedTime = (_view.Resolve(_dictionary["M"]) is PdfString time ? PdfText.DecodeDate(time) : null) ?? _cms?.Signer.SigningTime,
            ByteRange = _range.ByteRange,
            Revision = _range.Revision,
            FirstRevision = _found.FirstRevision,
            AttributesAreDer = _cms?.Signer.SignedAttributesAreDer ?? true,
            CarriesContent = _subFilter is "ETSI.CAdES.detached" or "adbe.pkcs7.detached" && _cms?.Data.Content is not null,
            SignerCount = _cms?.Data.Signers.Count ?? 1,
            // The structure says how long it is: one in 256 ends with a zero of its own.
            Container = (_cms is null ? _container.Span.TrimEnd((byte)0) : _container.Span[.._cms.Data.EncodedLength]).ToArray(),
            ComputedDigest = _digest,
            DigestAlgorithm = _cms?.Signer.DigestAlgorithm.Oid ?? _hashed.Oid ?? "",
            SignatureAlgorithm = _cms?.Signer.SignatureAlgorithm.Oid ?? "",
        };
        evidence = IsTimeStamp ? TimeStamp(evidence)
            : _subFilter == "adbe.x509.rsa_sha1" ? Pkcs1(evidence)
            : _cms is not null ? Cms(evidence, _cms)
            : evidence;
        return evidence with { Defects = [.. _defects.Distinct()] };
    }

    /// <summary>What the signature forbids from its revision on: its transforms, and the lock of its field.</summary>
    public IEnumerable<Permission> Permissions()
    {
        var from = _range.Revision ?? _found.FirstRevision;
        if (Transform("DocMDP") is { } certification)
        {
            var level = (int)Math.Clamp(_view.GetInteger(certification, "P") ?? 2, 1, 3);
            yield return new Permission(from, level, IsCertification: true, Lock: null, _found.Field.Name);
        }
        if (Transform("FieldMDP") is { } fields)
            yield return new Permission(from, Level: null, IsCertification: false, LockOf(fields), _found.Field.Name);
        if (_view.GetDictionary(_found.Field.Dictionary, "Lock") is { } fieldLock)
            yield return new Permission(from, (int?)_view.GetInteger(fieldLock, "P"), IsCertification: false, LockOf(fieldLock), _found.Field.Name);
    }

    private LockedFields LockOf(PdfDictionary dictionary) => new(
        _view.GetName(dictionary, "Action") ?? "All",
        [.. (_view.GetArray(dictionary, "Fields") ?? new PdfArray([])).Select(f => _view.Resolve(f)).OfType<PdfString>().Select(PdfText.Decode)]);

    private PdfDictionary? Transform(string method)
    {
        if (_view.GetArray(_dictionary, "Reference") is not { } references)
            return null;
        foreach (var item in references)
        {
            if (_view.Resolve(item) is PdfDictionary reference && _view.GetName(reference, "TransformMethod") == method)
                return _view.GetDictionary(reference, "TransformParams") ?? PdfDictionary.Of();
        }
        return null;
    }

    private SignatureEvidence TimeStamp(SignatureEvidence evidence)
    {
        if (_container.IsEmpty || _cms is null)
            return evidence;
        var stamp = TimeStampReader.Read(_container, _ => _digest, _stored);
        return evidence with
        {
            DigestMatches = stamp.ImprintMatches,
            Value = stamp.Problem is null ? SignatureValueState.Holds
                : _cms.Value == SignatureValueState.Unsupported ? SignatureValueState.Unsupported : SignatureValueState.DoesNotHold,
            SignerCertificate = stamp.AuthorityCertificate,
            Certificates = stamp.Certificates,
            Crls = Bytes(_cms.Data.Crls),
            OcspResponses = Bytes(_cms.Data.OcspResponses),
            TimeStamps = [stamp],
            BindsCertificate = _cms.Signer.HasSigningCertificate,
        };
    }

    private SignatureEvidence Cms(SignatureEvidence evidence, CmsFacts cms)
    {
        var content = _digest;
        bool? inner = null;
        if (_subFilter == "adbe.pkcs7.sha1")
        {
            // ISO 32000-1 12.8.3.3.1: the SHA-1 digest of the bytes is the content of the structure.
            if (cms.Data.Content is not { } carried)
                _defects.Add(StructureDefect.ContentTypeWrong);
            inner = cms.Data.Content is { } c && _digest is not null ? c.Span.SequenceEqual(_digest) : null;
            content = cms.Data.Content is { } signed ? CmsFacts.Digest(cms.Signer.DigestAlgorithm, signed.Span) : null;
        }
        else
        {
            // Content that is exactly the signed bytes says nothing else than they do.
            if (cms.Data.Content is { } inside && (_digest is null || CmsFacts.Digest(_hashed, inside.Span)?.AsSpan().SequenceEqual(_digest) != true))
                _defects.Add(StructureDefect.ContentInside);
            if (cms.Data.ContentType != CmsOids.Data)
                _defects.Add(StructureDefect.ContentTypeWrong);
        }
        var matches = cms.Check(content, cms.Data.ContentType, _stored);
        _defects.AddRange(cms.Defects);
        return evidence with
        {
            DigestMatches = _subFilter == "adbe.pkcs7.sha1" ? (inner, matches) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            }
            : matches,
            Value = cms.Value,
            SignerCertificate = cms.Certificate?.Encoded.ToArray(),
            Certificates = Bytes(cms.Data.Certificates),
            Crls = Bytes(cms.Data.Crls),
            OcspResponses = Bytes(cms.Data.OcspResponses),
            BindsCertificate = cms.Signer.HasSigningCertificate,
            TimeStamps = [.. cms.Signer.SignatureTimeStamps.Take(MaxTimeStamps).Select(t => TimeStampReader.OverBytes(t, cms.Signer.Signature, [.. cms.Data.Certificates, .. _stored]))],
        };
    }

    // ISO 32000-1 12.8.3.2: /Contents is a DER octet string with the RSA value, /Cert the signer's certificate, first of an array or alone.
    private SignatureEvidence Pkcs1(SignatureEvidence evidence)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        var entry = _view.Resolve(_dictionary["Cert"]);
        foreach (var item in entry is PdfArray array ? array.AsEnumerable() : [entry])
        {
            if (_view.Resolve(item) is PdfString text)
                certificates.Add(text.Bytes);
        }
        if (certificates.Count == 0 || CertificateFields.Read(certificates[0]) is not { } signer || OctetString(_container) is not { } value)
        {
            _defects.Add(StructureDefect.CmsMalformed);
            return evidence;
        }
        var rsa = new AlgorithmId(CmsOids.Rsa, default);
        var state = _digest is null ? (SignatureValueState?)null : SignatureValue.OverDigest(rsa, _hashed, signer.SubjectPublicKeyInfo, _digest, value.Span);
        return evidence with
        {
            SignatureAlgorithm = CmsOids.RsaSha1,
            DigestMatches = state switch { SignatureValueState.Holds => true, SignatureValueState.DoesNotHold => false, _ => null },
            Value = state,
            SignerCertificate = signer.Encoded.ToArray(),
            Certificates = Bytes(certificates),
        };
    }

    private static ReadOnlyMemory<byte>? OctetString(ReadOnlyMemory<byte> container)
    {
        try
        {
            return new AsnReader(container, AsnEncodingRules.BER).ReadOctetString();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static byte[][] Bytes(IEnumerable<ReadOnlyMemory<byte>> items) => [.. items.Select(i => i.ToArray())];
}
