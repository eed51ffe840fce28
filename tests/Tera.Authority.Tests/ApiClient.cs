using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Tera.Authority.Tests;

internal sealed record ApiAnswer(HttpStatusCode Status, JsonObject Body)
{
    public string? Error => Body["error"]?.GetValue<string>();

    public string Text(string name) => Body[name]!.GetValue<string>();

    public int Number(string name) => Body[name]!.GetValue<int>();
}

/// <summary>The interface as docs/authority-api.md prints it, by HTTP only.</summary>
internal sealed class ApiClient : IDisposable
{
    public const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    public const string EcdsaSha256Oid = "1.2.840.10045.4.3.2";
    public const string Passphrase = "kopi pahit tanpa gula";

    private ApiClient(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    public static async Task<ApiClient> LogInAsync(Uri address, string clientId, string secret, string? scope)
    {
        var client = new ApiClient(new HttpClient { BaseAddress = address });
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret,
        };
        if (scope is not null)
        {
            fields["scope"] = scope;
        }

        using var form = new FormUrlEncodedContent(fields);
        var answer = await ReadAsync(await client.Http.PostAsync("/csc/v2/oauth2/token", form));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.Text("access_token"));
        return client;
    }

    public async Task<ApiAnswer> PostAsync(string path, JsonObject body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await ReadAsync(await Http.SendAsync(request));
    }

    public async Task<ApiAnswer> GetAsync(string path) => await ReadAsync(await Http.GetAsync(path));

    public Task<ApiAnswer> EnrolAsync(string subjectId = "peg-7f31c9", string passphrase = Passphrase, string? idempotencyKey = null, string commonName = "Rahmat Setiadi") =>
        PostAsync(
            "/enrolment/v1/credentials",
            new JsonObject
            {
                ["subjectId"] = subjectId,
                ["profile"] = "person",
                ["passphrase"] = passphrase,
                ["subject"] = new JsonObject
                {
                    ["commonName"] = commonName, ["organization"] = "Pemerintah Kabupaten Contoh", ["organizationalUnit"] = "Dinas Kominfo",
                    ["title"] = "Kepala Bidang", ["email"] = "rahmat@contoh.go.id",
                },
            },
            idempotencyKey ?? Guid.NewGuid().ToString());

    public async Task<string> EnrolledAsync(string subjectId = "peg-7f31c9")
    {
        var answer = await EnrolAsync(subjectId);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Body.ToJsonString());
        return answer.Text("credentialId");
    }

    public Task<ApiAnswer> AuthorizeAsync(string credentialId, IEnumerable<byte[]> hashes, string passphrase = Passphrase)
    {
        var list = new JsonArray([.. hashes.Select(x => JsonValue.Create(Convert.ToBase64String(x)))]);
        return PostAsync("/csc/v2/credentials/authorize", new JsonObject
        {
            ["credentialID"] = credentialId,
            ["numSignatures"] = list.Count,
            ["hashAlgorithmOID"] = Sha256Oid,
            ["hashes"] = list,
            ["authData"] = new JsonArray(new JsonObject { ["id"] = "PIN", ["value"] = passphrase }),
            ["description"] = "naskah uji",
        });
    }

    public async Task<string> ActivatedAsync(string credentialId, params byte[][] hashes)
    {
        var answer = await AuthorizeAsync(credentialId, hashes);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToJsonString());
        return answer.Text("SAD");
    }

    public Task<ApiAnswer> SignAsync(string credentialId, string sad, params byte[][] hashes) =>
        PostAsync("/csc/v2/signatures/signHash", new JsonObject
        {
            ["credentialID"] = credentialId,
            ["SAD"] = sad,
            ["hashAlgorithmOID"] = Sha256Oid,
            ["signAlgo"] = EcdsaSha256Oid,
            ["hashes"] = new JsonArray([.. hashes.Select(x => JsonValue.Create(Convert.ToBase64String(x)))]),
        });

    public static byte[] HashOf(string text) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose() => Http.Dispose();

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return new ApiAnswer(response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
        }
    }
}
