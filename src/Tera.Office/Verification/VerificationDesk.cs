using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
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

    /// <summary>Uploads that are being read at the same time; each holds its bytes.</summary>
    private const int ReadAtOnce = 16;

    private readonly SemaphoreSlim _gate = new(AtOnce, AtOnce);
    private readonly SemaphoreSlim _uploads = new(ReadAtOnce, ReadAtOnce);

    /// <summary>The largest upload at 2 Mbit/s; who is slower holds the place of another.</summary>
    public TimeSpan UploadLimit { get; init; } = TimeSpan.FromMinutes(2);

    public async Task<VerificationPage> CheckUploadAsync(Stream pdf, CancellationToken cancellation)
    {
        await _uploads.WaitAsync(cancellation);
        try
        {
            ReadOnlyMemory<byte> bytes = await ReadAsync(pdf, cancellation);
            Sha256Digest hash = Sha256Digest.FromBytes(SHA256.HashData(bytes.Span));
            PublicLetter? letter = await letters.FindPublicByHashAsync(hash, cancellation);
            return await DescribeAsync(bytes, letter, hash, cancellation);
        }
        finally
        {
            _uploads.Release();
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

        byte[] bytes = await documents.ReadAllAsync(letter.CurrentPdf, cancellation);
        return await DescribeAsync(bytes, letter, letter.CurrentPdf, cancellation);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _uploads.Dispose();
    }

    /// <summary>Outside the gate of the checks: senders who send nothing must not stop the page behind every QR.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream pdf, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(UploadLimit);
        using var buffer = new MemoryStream();
        byte[] block = new byte[81920];
        try
        {
            for (int read; (read = await pdf.ReadAsync(block, limit.Token)) > 0;)
            {
                if (buffer.Length + read > MaxUploadBytes)
                {
                    throw new DocumentTooLargeException(MaxUploadBytes);
                }

                buffer.Write(block, 0, read);
            }
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The upload took too long.", StatusCodes.Status408RequestTimeout, late);
        }

        return buffer.GetBuffer().AsMemory(0, checked((int)buffer.Length));
    }

    private async Task<VerificationPage> DescribeAsync(ReadOnlyMemory<byte> pdf, PublicLetter? letter, Sha256Digest hash, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            (Evidence evidence, ValidationReport report) = await validator.ExamineAsync(pdf, cancellation);
            return VerificationWords.Describe(report, letter, hash) with { EtsiReport = report.Signatures.Count > 0 ? EtsiReport.Write(evidence, report) : null };
        }
        finally
        {
            _gate.Release();
        }
    }
}
