using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tera.Office.Cases;

namespace Tera.Office.Signing;

/// <summary>
/// Speaks CSC v2 and the enrolment interface (docs/authority-api.md) over HTTP. No call that signs is repeated by itself:
/// a lost answer costs the signer a second passphrase, never a second signature.
/// </summary>
public sealed class AuthorityClient(HttpClient http, OfficeOptions options, TimeProvider clock) : IAuthorityClient, IDisposable
{
    /// <summary>Answers of the authority are small: a chain and a few signatures. A larger one is refused by <see cref="HttpClient"/>.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    private readonly SemaphoreSlim _tokenGate = new(1, 1);
    private AccessToken? _token;
    private IReadOnlyList<byte[]>? _anchors;

    public async Task<Credential?> FindCredentialAsync(Guid personId, CancellationToken cancellation)
    {
        using JsonDocument list = await AskAsync("csc/v2/credentials/list", w =>
        {
            w.WriteString("userID"u8, SubjectId(personId));
            w.WriteBoolean("onlyValid"u8, true);
        }, cancellation);
        string? id = list.RootElement.GetProperty("credentialIDs").EnumerateArray().Select(e => e.GetString()).LastOrDefault();
        if (id is null)
        {
            return null;
        }

        using JsonDocument info = await AskAsync("csc/v2/credentials/info", w =>
        {
            w.WriteString("credentialID"u8, id);
            w.WriteString("certificates"u8, "chain"u8);
            w.WriteBoolean("certInfo"u8, true);
        }, cancellation);
        JsonElement root = info.RootElement;
        JsonElement certificate = root.GetProperty("cert");
        if (root.GetProperty("key").GetProperty("status").GetString() != "enabled" || certificate.GetProperty("status").GetString() != "valid")
        {
            return null;
        }

        return new Credential(
            id,
            [.. certificate.GetProperty("certificates").EnumerateArray().Select(e => e.GetBytesFromBase64())],
            root.GetProperty("key").GetProperty("algo")[0].GetString()!,
            Sha256Oid,
            certificate.GetProperty("subjectDN").GetString() ?? "",
            DateTimeOffset.ParseExact(certificate.GetProperty("validTo").GetString()!, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    public async Task<EnrolmentAnswer> EnrolAsync(EnrolmentSubject subject, SecretText passphrase, string idempotencyKey, CancellationToken cancellation)
    {
        try
        {
            using JsonDocument answer = await AskAsync("enrolment/v1/credentials", w =>
            {
                w.WriteString("subjectId"u8, SubjectId(subject.PersonId));
                w.WriteString("profile"u8, "person"u8);
                w.WriteString("passphrase"u8, passphrase.Utf8.Span);
                w.WriteStartObject("subject"u8);
                w.WriteString("commonName"u8, subject.CommonName);
                w.WriteString("organization"u8, subject.Organization);
                WriteOptional(w, "organizationalUnit", subject.OrganizationalUnit);
                WriteOptional(w, "title", subject.Title);
                WriteOptional(w, "email", subject.Email);
                w.WriteEndObject();
            }, cancellation, idempotencyKey);
        }
        catch (AuthorityRefusedException refused) when (refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict)
        {
            return new EnrolmentAnswer.Refused(refused.Error == "weak_passphrase"
                ? "Frasa sandi terlalu lemah: minimal 12 karakter atau empat kata, dan tidak memuat nama pemiliknya."
                : refused.Message);
        }

        Credential? credential = await FindCredentialAsync(subject.PersonId, cancellation);
        return credential is null
            ? new EnrolmentAnswer.Refused("Sertifikat telah diterbitkan tetapi belum aktif.")
            : new EnrolmentAnswer.Issued(credential);
    }

    public async Task<SignatureAnswer> SignDigestsAsync(
        Credential credential, IReadOnlyList<byte[]> digests, SecretText passphrase, string description, CancellationToken cancellation)
    {
        try
        {
            string activation;
            using (JsonDocument authorized = await AskAsync("csc/v2/credentials/authorize", w =>
            {
                w.WriteString("credentialID"u8, credential.Id);
                w.WriteNumber("numSignatures"u8, digests.Count);
                w.WriteString("description"u8, description.Length <= 255 ? description : description[..255]);
                w.WriteString("hashAlgorithmOID"u8, credential.HashAlgorithmOid);
                WriteHashes(w, digests);
                // Last, so that the buffer does not grow (and leave a copy behind) after the passphrase.
                w.WriteStartArray("authData"u8);
                w.WriteStartObject();
                w.WriteString("id"u8, "PIN"u8);
                w.WriteString("value"u8, passphrase.Utf8.Span);
                w.WriteEndObject();
                w.WriteEndArray();
            }, cancellation))
            {
                activation = authorized.RootElement.GetProperty("SAD").GetString()!;
            }

            using JsonDocument signed = await AskAsync("csc/v2/signatures/signHash", w =>
            {
                w.WriteString("credentialID"u8, credential.Id);
                w.WriteString("SAD"u8, activation);
                w.WriteString("hashAlgorithmOID"u8, credential.HashAlgorithmOid);
                w.WriteString("signAlgo"u8, credential.SignAlgorithmOid);
                WriteHashes(w, digests);
            }, cancellation);
            byte[][] values = [.. signed.RootElement.GetProperty("signatures").EnumerateArray().Select(e => e.GetBytesFromBase64())];
            return values.Length == digests.Count
                ? new SignatureAnswer.Signed(values)
                : new SignatureAnswer.Unavailable("Otoritas menjawab dengan jumlah tanda tangan yang tidak sesuai.");
        }
        catch (AuthorityRefusedException refused)
        {
            return Translate(refused);
        }
        catch (Exception unreachable) when (IsUnreachable(unreachable, cancellation))
        {
            return new SignatureAnswer.Unavailable("Layanan tanda tangan sedang tidak dapat dihubungi. Naskah tidak berubah; silakan coba lagi.");
        }
    }

    public async Task<IReadOnlyList<byte[]>> TrustAnchorsAsync(CancellationToken cancellation) =>
        _anchors ??= [await http.GetByteArrayAsync(new Uri(options.AuthorityBaseUrl, "ca/root.cer"), cancellation)];

    public void Dispose() => _tokenGate.Dispose();

    /// <summary>The authority knows a person under this opaque name only (never a NIK).</summary>
    private static string SubjectId(Guid personId) => personId.ToString("N");

    /// <summary>True for a failure of the network or a time-out, false for the caller's own cancellation.</summary>
    internal static bool IsUnreachable(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException or JsonException or AuthorityUnreachableException
        || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private SignatureAnswer Translate(AuthorityRefusedException refused) => refused.Error switch
    {
        "invalid_pin" => new SignatureAnswer.WrongPassphrase(refused.RemainingAttempts),
        "credential_locked" => new SignatureAnswer.Locked(refused.RetryAfterSeconds is int seconds ? clock.GetUtcNow().AddSeconds(seconds) : null),
        "credential_suspended" => new SignatureAnswer.NotActive("Sertifikat Anda sedang ditangguhkan."),
        "credential_revoked" => new SignatureAnswer.NotActive("Sertifikat Anda telah dicabut."),
        "credential_expired" => new SignatureAnswer.NotActive("Masa berlaku sertifikat Anda telah habis."),
        "server_busy" or "rate_limited" => new SignatureAnswer.Unavailable("Layanan tanda tangan sedang sibuk. Silakan coba lagi sebentar lagi."),
        "sad_key_gone" or "sad_expired" => new SignatureAnswer.Unavailable("Layanan tanda tangan baru dimulai ulang. Silakan masukkan frasa sandi sekali lagi."),
        _ => new SignatureAnswer.Unavailable("Layanan tanda tangan menolak permintaan ini (" + refused.Error + "). Naskah tidak berubah."),
    };

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteHashes(Utf8JsonWriter writer, IReadOnlyList<byte[]> digests)
    {
        writer.WriteStartArray("hashes"u8);
        foreach (byte[] digest in digests)
        {
            writer.WriteBase64StringValue(digest);
        }

        writer.WriteEndArray();
    }

    private async Task<JsonDocument> AskAsync(string path, Action<Utf8JsonWriter> write, CancellationToken cancellation, string? idempotencyKey = null)
    {
        // The body may hold a passphrase: it lives in this one buffer and is cleared whatever happens.
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                write(writer);
                writer.WriteEndObject();
            }

            for (bool second = false; ; second = true)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.AuthorityBaseUrl, path));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellation));
                if (idempotencyKey is not null)
                {
                    request.Headers.Add("Idempotency-Key", idempotencyKey);
                }

                request.Content = new ReadOnlyMemoryContent(buffer.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                using HttpResponseMessage response = await http.SendAsync(request, cancellation);
                if (response.StatusCode == HttpStatusCode.Unauthorized && !second)
                {
                    // The authority restarted or withdrew the token; nothing was done, so one new token and one more try are safe.
                    _token = null;
                    continue;
                }

                return await ReadAsync(response, cancellation);
            }
        }
        finally
        {
            buffer.Clear();
        }
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            throw new AuthorityUnreachableException($"HTTP {(int)response.StatusCode} without JSON");
        }

        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
        if (response.IsSuccessStatusCode)
        {
            return document;
        }

        using (document)
        {
            throw AuthorityRefusedException.From(response.StatusCode, document.RootElement);
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        if (_token is { } current && current.Until > clock.GetUtcNow())
        {
            return current.Value;
        }

        await _tokenGate.WaitAsync(cancellation);
        try
        {
            if (_token is { } fresh && fresh.Until > clock.GetUtcNow())
            {
                return fresh.Value;
            }

            string secret = (await File.ReadAllTextAsync(options.AuthorityClientSecretFile, cancellation)).Trim();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = options.AuthorityClientId,
                ["client_secret"] = secret,
                ["scope"] = "service enrolment",
            });
            using HttpResponseMessage response = await http.PostAsync(new Uri(options.AuthorityBaseUrl, "csc/v2/oauth2/token"), form, cancellation);
            using JsonDocument answer = await ReadAsync(response, cancellation);
            // A minute early, so that a token does not end between check and use.
            _token = new AccessToken(
                answer.RootElement.GetProperty("access_token").GetString()!,
                clock.GetUtcNow().AddSeconds(answer.RootElement.GetProperty("expires_in").GetInt32() - 60));
            return _token.Value;
        }
        finally
        {
            _tokenGate.Release();
        }
    }

    private sealed record AccessToken(string Value, DateTimeOffset Until);
}

/// <summary>The authority answered with one of the errors of docs/authority-api.md.</summary>
internal sealed class AuthorityRefusedException : Exception
{
    private AuthorityRefusedException(HttpStatusCode status, string error, string description, int? remaining, int? retryAfter)
        : base(description)
    {
        Status = status;
        Error = error;
        RemainingAttempts = remaining;
        RetryAfterSeconds = retryAfter;
    }

    public HttpStatusCode Status { get; }

    public string Error { get; }

    public int? RemainingAttempts { get; }

    public int? RetryAfterSeconds { get; }

    public static AuthorityRefusedException From(HttpStatusCode status, JsonElement body) => new(
        status,
        Text(body, "error") ?? "server_error",
        Text(body, "error_description") ?? $"HTTP {(int)status}",
        Number(body, "remainingAttempts"),
        Number(body, "retryAfter"));

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;
}

/// <summary>Something answered that is not the authority, or not whole.</summary>
internal sealed class AuthorityUnreachableException(string message) : Exception(message);
