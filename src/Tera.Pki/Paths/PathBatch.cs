using System.Text.Json;
using System.Text.Json.Serialization;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Paths;

/// <summary>
/// Path validation as lines of JSON, the contract of <c>tera path --batch</c>. A line in has the members <c>id</c>, <c>leaf</c>, <c>intermediates</c>,
/// <c>roots</c>, <c>crls</c>, <c>ocsps</c> (DER in base64), <c>at</c>, <c>checkRevocation</c>, <c>policies</c> (none means any), <c>explicitPolicy</c>,
/// <c>inhibitMapping</c> and <c>inhibitAny</c>; a line out has <c>id</c>, <c>valid</c> and <c>reason</c>.
/// </summary>
public static class PathBatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 4 };

    /// <summary>Answers a line.</summary>
    /// <param name="line">One question.</param>
    /// <returns>One answer, without a line end. A certificate that cannot be read makes the answer no, and the reason says so.</returns>
    /// <exception cref="JsonException">The line is no question; the message says where.</exception>
    public static string Answer(string line)
    {
        var question = JsonSerializer.Deserialize<Question>(line, Json) ?? throw new JsonException("The line is null.");
        var (isValid, reason) = Judge(question);
        return JsonSerializer.Serialize(new Reply(question.Id, isValid, reason), Json);
    }

    private static (bool IsValid, string Reason) Judge(Question question)
    {
        if (!Certificate.TryDecode(question.Leaf, out var leaf, out var error))
        {
            return (false, $"LeafUnreadable: {error}");
        }
        // What cannot be read among the rest is no evidence; the path has to do without it.
        var result = PathValidator.Validate(new PathRequest
        {
            Leaf = leaf,
            Intermediates = [.. question.Intermediates.Select(DecodeCertificate).OfType<Certificate>()],
            Anchors = [.. question.Roots.Select(DecodeCertificate).OfType<Certificate>()],
            At = question.At,
            Policies = question.Policies,
            ExplicitPolicy = question.ExplicitPolicy,
            InhibitMapping = question.InhibitMapping,
            InhibitAnyPolicy = question.InhibitAny,
            ChecksProfile = true,
            Revocation = question.CheckRevocation
                ? new RevocationEvidence
                {
                    Crls = [.. question.Crls.Select(DecodeList).OfType<CertificateRevocationList>()],
                    OcspResponses = [.. question.Ocsps.Select(DecodeResponse).OfType<OcspResponse>()],
                }
                : null,
        });
        return (result.IsValid, result.IsValid ? nameof(PathReason.Valid) : $"{result.Reason}: {result.Detail}");
    }

    private static Certificate? DecodeCertificate(byte[] der) => Certificate.TryDecode(der, out var certificate, out _) ? certificate : null;

    private static CertificateRevocationList? DecodeList(byte[] der) => CertificateRevocationList.TryDecode(der, out var list, out _) ? list : null;

    private static OcspResponse? DecodeResponse(byte[] der) => OcspResponse.TryDecode(der, out var response, out _) ? response : null;

    private sealed record Question
    {
        public required string Id { get; init; }

        public required byte[] Leaf { get; init; }

        public byte[][] Intermediates { get; init; } = [];

        public byte[][] Roots { get; init; } = [];

        public byte[][] Crls { get; init; } = [];

        public byte[][] Ocsps { get; init; } = [];

        public required DateTimeOffset At { get; init; }

        public bool CheckRevocation { get; init; }

        public string[] Policies { get; init; } = [];

        public bool ExplicitPolicy { get; init; }

        public bool InhibitMapping { get; init; }

        public bool InhibitAny { get; init; }
    }

    private sealed record Reply([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("valid")] bool Valid, [property: JsonPropertyName("reason")] string Reason);
}
