using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tera.Pki.Certificates;

namespace Tera.Pades.Validation.Policies;

/// <summary>
/// Rules of validation in a file: roots with what they are trusted for and when, what is required, and the suite of algorithms.
/// Members that are left out keep their default; one that is unknown is refused.
/// </summary>
public static class PolicyFile
{
    /// <summary>Reads a policy.</summary>
    /// <param name="json">The JSON text in UTF-8.</param>
    /// <param name="at">The instant of the judgement.</param>
    /// <param name="read">Gives the bytes of a file that the policy names, or null where it cannot be had. Files hold certificates in PEM or DER, or a suite in JSON.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="error">What is wrong, in a clause.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> json, DateTimeOffset at, Func<string, byte[]?> read, [NotNullWhen(true)] out ValidationPolicy? policy, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(read);
        (policy, error) = (null, null);
        try
        {
            var file = JsonSerializer.Deserialize(json, PolicyJsonContext.Default.PolicyMembers);
            policy = file is null ? throw new PolicyException("the policy is null") : Build(file, at, read);
            return true;
        }
        catch (JsonException malformed)
        {
            error = "the policy does not read: " + malformed.Message;
        }
        catch (PolicyException wrong)
        {
            error = wrong.Message;
        }
        return false;
    }

    private static ValidationPolicy Build(PolicyMembers file, DateTimeOffset at, Func<string, byte[]?> read)
    {
        if (file.DefaultPermission is < 1 or > 3)
            throw new PolicyException("defaultPermission is 1, 2 or 3");
        var policy = new ValidationPolicy
        {
            Name = file.Name.Length > 0 ? file.Name : "the policy of the caller",
            At = at,
            TrustAnchors = [.. file.TrustAnchors.SelectMany(name => Certificates(name, read))],
            Intermediates = [.. file.Intermediates.SelectMany(name => Certificates(name, read))],
            TrustedServices = [.. file.TrustedServices.SelectMany(s => Services(s, read))],
            RequireRevocation = file.RequireRevocation,
            RevocationMaximumAge = Span(file.RevocationMaximumAgeHours, nameof(file.RevocationMaximumAgeHours)),
            MaximumTimeStampDelay = Span(file.MaximumTimeStampDelayHours, nameof(file.MaximumTimeStampDelayHours)),
            DefaultPermission = file.DefaultPermission,
            CheckAlgorithms = file.CheckAlgorithms,
        };
        return file.CryptoSuite is { } suite ? policy with { CryptoSuite = Suite(suite, read) } : policy;
    }

    private static IEnumerable<TrustedService> Services(ServiceMembers? service, Func<string, byte[]?> read)
    {
        if (service is null)
            throw new PolicyException("a trusted service is null");
        if (!Enum.TryParse<TrustedServiceKind>(service.Kind, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(service.Kind[0]))
            throw new PolicyException($"the kind {service.Kind} of a trusted service is none of any, signatures, timeStamps");
        if (service.From >= service.Until)
            throw new PolicyException("a trusted service ends before it begins");
        return Certificates(service.Certificate, read).Select(c => new TrustedService(c, kind, service.From, service.Until, service.Name));
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Certificates(string? name, Func<string, byte[]?> read)
    {
        if (name is null)
            throw new PolicyException("a certificate of the policy is null");
        try
        {
            if (name.Contains("-----BEGIN", StringComparison.Ordinal))
                return Some(Certificate.DecodePem(name), "the PEM text in the policy");
            var bytes = Content(name, read);
            return Certificate.TryDecode(bytes, out var single, out _) ? [single.Encoded] : Some(Certificate.DecodePem(Encoding.Latin1.GetString(bytes)), name);
        }
        catch (Exception malformed) when (malformed is CryptographicException or FormatException)
        {
            throw new PolicyException($"{name}: {malformed.Message}");
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Some(IReadOnlyList<Certificate> found, string where) =>
        found.Count > 0 ? [.. found.Select(c => c.Encoded)] : throw new PolicyException($"there is no certificate in {where}");

    private static CryptoSuite Suite(string name, Func<string, byte[]?> read) =>
        CryptoSuite.TryRead(Content(name, read), out var suite, out var error) ? suite : throw new PolicyException($"{name}: {error}");

    private static byte[] Content(string name, Func<string, byte[]?> read) => read(name) ?? throw new PolicyException($"{name} cannot be read");

    private static TimeSpan? Span(double? hours, string name) => hours switch
    {
        null => null,
        >= 0 and <= 24 * 365 * 100 => TimeSpan.FromHours(hours.Value),
        _ => throw new PolicyException($"{JsonNamingPolicy.CamelCase.ConvertName(name)} is no number of hours"),
    };

    private sealed class PolicyException(string message) : Exception(message);
}

/// <summary>The policy as it stands in a file.</summary>
internal sealed record PolicyMembers
{
    public string Name { get; set; } = "";

    public IReadOnlyList<string> TrustAnchors { get; set; } = [];

    public IReadOnlyList<string> Intermediates { get; set; } = [];

    public IReadOnlyList<ServiceMembers> TrustedServices { get; set; } = [];

    public bool RequireRevocation { get; set; }

    public double? RevocationMaximumAgeHours { get; set; }

    public double? MaximumTimeStampDelayHours { get; set; }

    public int? DefaultPermission { get; set; }

    public bool CheckAlgorithms { get; set; } = true;

    public string? CryptoSuite { get; set; }
}

/// <summary>A trusted service as it stands in a policy.</summary>
internal sealed record ServiceMembers(string Certificate, string Kind = "any", DateTimeOffset? From = null, DateTimeOffset? Until = null, string Name = "");
