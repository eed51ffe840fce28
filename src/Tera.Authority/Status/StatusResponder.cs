namespace Tera.Authority.Status;

/// <summary>Refuses every OCSP request as "unauthorized" (RFC 6960 2.3) until the library can write answers.</summary>
internal sealed class StatusResponder
{
    private static readonly byte[] Unauthorized = [0x30, 0x03, 0x0a, 0x01, 0x06];

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation) => Task.FromResult(Unauthorized);
}
