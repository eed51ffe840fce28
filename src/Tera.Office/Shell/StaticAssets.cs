using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tera.Office.Shell;

/// <summary>
/// Style, script, font and pictures, embedded in the assembly. Each is served under a path that names its content,
/// so that a browser may keep it for ever and a new release is seen at once.
/// </summary>
public sealed class StaticAssets
{
    private const string Prefix = "Tera.Office.Shell.Assets.";

    /// <summary>The style sheet is written in parts by subject and sent as one file, in this order.</summary>
    private static readonly string[] StyleParts = ["tokens.css", "base.css", "components.css", "screens.css", "paper.css"];

    private readonly FrozenDictionary<string, Asset> _byName;

    public StaticAssets()
    {
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (string name in new[] { "jakarta.woff2", "jakarta-OFL.txt", "tera.js", "seal.svg", "guilloche.svg" })
        {
            Add(assets, name, Read(name));
        }

        string style = string.Concat(StyleParts.Select(part => Encoding.UTF8.GetString(Read(part))))
            .Replace("{{font}}", assets["jakarta.woff2"].Path, StringComparison.Ordinal)
            .Replace("{{guilloche}}", assets["guilloche.svg"].Path, StringComparison.Ordinal);
        Add(assets, "tera.css", Encoding.UTF8.GetBytes(style));
        _byName = assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public string PathOf(string name) => _byName[name].Path;

    internal void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/aset/{hash}/{name}", Serve).ExcludeFromDescription();

    private IResult Serve(string hash, string name, HttpContext context)
    {
        // The name alone decides: an old page that asks with an old hash gets the current file, but is told not to keep it.
        if (!_byName.TryGetValue(name, out Asset? asset))
        {
            return Results.NotFound();
        }

        bool current = string.Equals(hash, asset.Hash, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = current ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.MediaType);
    }

    private static void Add(Dictionary<string, Asset> assets, string name, byte[] content)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        assets.Add(name, new Asset(hash, $"/aset/{hash}/{name}", content, MediaTypeOf(name)));
    }

    private static byte[] Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The asset {name} is not embedded.");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    private sealed record Asset(string Hash, string Path, byte[] Content, string MediaType);
}
