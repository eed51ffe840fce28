using System.Security.Cryptography;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Office.Verification;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Office.Signing;

/// <summary>
/// From the bytes an official was shown to the revision that carries their signature: the digest leaves for the authority, the
/// document does not. The result is validated before anybody gets it. Nothing is recorded here; that is the act's transaction.
/// </summary>
public sealed class LetterSigner(
    ILetters letters, IOrganisation organisation, IDocumentStore documents, IAuthorityClient authority, ITimeStampClient timeStamps, LetterValidator validator, TimeProvider clock)
{
    public async Task<LetterSigning> SignAsync(ActContext act, bool paraf, CancellationToken cancellation)
    {
        if (act.Act.Secret is not { } passphrase || passphrase.Utf8.IsEmpty)
        {
            return Refuse(CaseRefusalReason.InvalidInput, "Frasa sandi belum diisi.");
        }

        if (await letters.ToSignAsync(act.CaseId, act.PositionId, act.Caller.PersonId, cancellation) is not { } letter)
        {
            return Refuse(CaseRefusalReason.Incomplete, "Naskah belum siap ditandatangani.");
        }

        if (act.Act.SeenHash != letter.Pdf.Hex)
        {
            return Refuse(CaseRefusalReason.StaleDocument, "Naskah berubah sejak Anda membukanya. Bacalah versi yang baru sebelum menandatangani.");
        }

        if (letter.Obstacle is { } obstacle)
        {
            return Refuse(CaseRefusalReason.EffectRefused, obstacle);
        }

        Credential? credential;
        try
        {
            credential = await authority.FindCredentialAsync(act.Caller.PersonId, cancellation);
        }
        catch (Exception unreachable) when (AuthorityClient.IsUnreachable(unreachable, cancellation))
        {
            return Refuse(CaseRefusalReason.AuthorityUnavailable, "Layanan tanda tangan sedang tidak dapat dihubungi. Naskah tidak berubah; silakan coba lagi.");
        }

        if (credential is null)
        {
            return Refuse(CaseRefusalReason.CertificateNotActive, "Anda belum memiliki sertifikat elektronik yang aktif.");
        }

        return await SignAsync(act, letter, credential, passphrase, paraf, cancellation);
    }

    private async Task<LetterSigning> SignAsync(
        ActContext act, LetterToSign letter, Credential credential, SecretText passphrase, bool paraf, CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Agency agency = await organisation.FindAgencyAsync(act.AgencyId, cancellation) ?? throw new InvalidOperationException("The case's agency is gone.");
        byte[] seen = await documents.ReadAllAsync(letter.Pdf, cancellation);
        using var output = new MemoryStream(seen.Length + 65536);
        DocumentToSign prepared = DocumentToSign.Prepare(PdfFile.Open(seen), new SignatureRequest
        {
            FieldName = letter.FieldName,
            SigningTime = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(agency.Zone)),
            Chain = [.. credential.Chain.Select(certificate => new ReadOnlyMemory<byte>(certificate))],
            Algorithm = SignatureAlgorithm.Signing.First(algorithm => algorithm.Oid == credential.SignAlgorithmOid),
            Reason = paraf ? "Paraf" : "Dokumen ini telah disetujui dan ditandatangani secara elektronik",
            Location = agency.Name,
            ExpectsTimeStamp = true,
        }, output);

        SignatureAnswer answer = await authority.SignDigestsAsync(credential, [prepared.HashToSign.ToArray()], passphrase, letter.Hal, cancellation);
        if (answer is not SignatureAnswer.Signed { Values: [byte[] value] })
        {
            return Translate(answer);
        }

        try
        {
            byte[] token = await timeStamps.StampAsync(SHA256.HashData(value), HashAlgorithmName.SHA256, cancellation);
            prepared.Complete(value, token).Hash.Dispose();
        }
        catch (TimeStampException)
        {
            return Refuse(CaseRefusalReason.AuthorityUnavailable, "Penanda waktu sedang tidak dapat diperoleh. Naskah tidak berubah; silakan coba lagi.");
        }

        // Nothing is released that we would not accept from a stranger.
        ReadOnlyMemory<byte> signed = output.GetBuffer().AsMemory(0, checked((int)output.Length));
        if (await validator.FindFlawAsync(signed, cancellation) is { } flaw)
        {
            return Refuse(CaseRefusalReason.EffectRefused, "Hasil tanda tangan tidak lolos pemeriksaan dan tidak disimpan: " + flaw);
        }

        StoredDocument stored = await documents.PutAsync(signed, cancellation);
        return new LetterSigning.Signed(new SignedRevision(letter.Pdf, stored.Name, letter.FieldName, now, act.Caller.Name));
    }

    private static LetterSigning Translate(SignatureAnswer answer) => answer switch
    {
        SignatureAnswer.WrongPassphrase wrong => Refuse(
            CaseRefusalReason.WrongPassphrase,
            wrong.RemainingAttempts is int left ? $"Frasa sandi salah. Sisa percobaan: {left}." : "Frasa sandi salah."),
        SignatureAnswer.Locked { Until: { } until } => Refuse(
            CaseRefusalReason.CredentialLocked, $"Terlalu banyak frasa sandi yang salah. Kunci dapat dicoba lagi pukul {until.UtcDateTime:HH.mm} UTC."),
        SignatureAnswer.Locked => Refuse(
            CaseRefusalReason.CredentialLocked, "Terlalu banyak frasa sandi yang salah. Kunci dihentikan; mintalah sertifikat baru kepada verifikator."),
        SignatureAnswer.NotActive inactive => Refuse(CaseRefusalReason.CertificateNotActive, inactive.Message),
        SignatureAnswer.Unavailable unavailable => Refuse(CaseRefusalReason.AuthorityUnavailable, unavailable.Message),
        _ => Refuse(CaseRefusalReason.AuthorityUnavailable, "Layanan tanda tangan menjawab tidak lengkap."),
    };

    private static LetterSigning.Refused Refuse(CaseRefusalReason reason, string message) => new(reason, message);
}

/// <summary>The result of signing a letter: a stored, not yet released revision, or why not.</summary>
public abstract record LetterSigning
{
    private LetterSigning() { }

    public sealed record Signed(SignedRevision Revision) : LetterSigning;

    public sealed record Refused(CaseRefusalReason Reason, string Message) : LetterSigning;
}
