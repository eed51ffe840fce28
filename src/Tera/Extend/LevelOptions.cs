using System.Security.Cryptography;
using Tera.Pades.Signing.LongTerm;
using Tera.Pki.Online;
using Tera.Pki.TimeStamping;

namespace Tera.Door.Extend;

/// <summary>The level that a call asks for, and its connections: to the time-stamping authority and to what certificates point to.</summary>
internal sealed class LevelOptions : IDisposable
{
    private readonly HttpClient? _http;
    private readonly HttpValidationDataSource? _source;

    private LevelOptions(PadesLevel level, Uri? authority, string? trust, bool offline)
    {
        Level = level;
        var anchors = trust is null ? [] : CertificateFile.Read("--trust", trust);
        if (authority is not null)
            _http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        // Whoever calls the command stands in his own network, where an agency's authority may be.
        if (!offline)
            _source = new HttpValidationDataSource(TimeProvider.System, new HttpFetchOptions { AllowsPrivateAddresses = true, Proxy = HttpClient.DefaultProxy });
        Request = new ExtensionRequest
        {
            Level = level,
            TimeStamps = authority is null ? null : new HttpTimeStampClient(_http!, authority, RandomNumberGenerator.Create()),
            Source = _source is null ? NoValidationData.Instance : _source,
            Anchors = anchors,
        };
    }

    public static string[] Options { get; } = ["--level", "--tsa", "--trust"];

    public PadesLevel Level { get; }

    public ExtensionRequest Request { get; }

    /// <summary>Reads --level, --tsa, --trust and --offline.</summary>
    /// <param name="words">The words of the call.</param>
    /// <param name="levels">The levels that the verb knows.</param>
    /// <param name="otherwise">The level when the call names none; null when it must.</param>
    /// <exception cref="UsageException">One of them cannot be used.</exception>
    public static LevelOptions Read(Arguments words, string[] levels, string? otherwise)
    {
        var text = words.Find("--level") ?? otherwise ?? throw new UsageException("--level is missing");
        if (!levels.Contains(text, StringComparer.Ordinal))
            throw new UsageException($"--level {text}: {string.Join(", ", levels)}");
        var level = text switch
        {
            "b" => PadesLevel.B,
            "t" => PadesLevel.T,
            "lt" => PadesLevel.Lt,
            _ => PadesLevel.Lta,
        };
        Uri? authority = null;
        if (words.Find("--tsa") is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out authority) || authority.Scheme is not ("http" or "https")))
            throw new UsageException($"--tsa {url}: not the URL of a time-stamping authority");
        return new LevelOptions(level, authority, words.Find("--trust"), words.Has("--offline"));
    }

    public void Dispose()
    {
        _http?.Dispose();
        _source?.Dispose();
    }
}
