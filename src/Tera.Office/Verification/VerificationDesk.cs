using System.Security.Cryptography;
using Tera.Office.Letters;
using Tera.Office.Storage;
using Tera.Pades.Validation;

namespace Tera.Office.Verification;

/// <summary>Answers anybody about a file or a code. Files are hostile: bounded in size here, in time and memory by the validator, in number at once by a gate.</summary>
internal sealed class VerificationDesk(ILetters letters, IDocumentStore documents, LetterValidator validator) : IVerification, IDisposable
{
    /// <summary>Largest upload that is read; letters are far smaller.</summary>
    public const int MaxUploadBytes = 32 * 1024 * 1024;

    /// <summary>Checks at the same time; more wait. Each holds one upload in memory.</summary>
    private const int AtOnce = 4;

    private readonly SemaphoreSlim _gate = new(AtOnce, AtOnce);

    public async Task<VerificationPage> CheckUploadAsync(Stream pdf, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            using var buffer = new MemoryStream();
            byte[] block = new byte[81920];
            for (int read; (read = await pdf.ReadAsync(block, cancellation)) > 0;)
            {
                if (buffer.Length + read > MaxUploadBytes)
                {
                    throw new DocumentTooLargeException(MaxUploadBytes);
                }

                buffer.Write(block, 0, read);
            }

            ReadOnlyMemory<byte> bytes = buffer.GetBuffer().AsMemory(0, checked((int)buffer.Length));
            Sha256Digest hash = Sha256Digest.FromBytes(SHA256.HashData(bytes.Span));
            PublicLetter? letter = await letters.FindPublicByHashAsync(hash, cancellation);
            return VerificationWords.Describe(await validator.ValidateAsync(bytes, cancellation), letter, hash);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<VerificationPage?> CheckCodeAsync(string code, CancellationToken cancellation)
    {
        if (await letters.FindPublicAsync(code, cancellation) is not { } letter)
        {
            return null;
        }

        if (!letter.Signed)
        {
            return VerificationWords.NotSignedYet(letter);
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            byte[] bytes = await documents.ReadAllAsync(letter.CurrentPdf, cancellation);
            return VerificationWords.Describe(await validator.ValidateAsync(bytes, cancellation), letter, letter.CurrentPdf);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
