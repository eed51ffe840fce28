using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tera.Pades.Cms;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Changes;

/// <summary>Signs by hand, with a stranger's key: an update and its signature in one revision, whatever else the update does.</summary>
internal static class Forger
{
    private const string Hole = "<" + "00000000";
    private const int Room = 8192;

    public static Identity Stranger { get; } = Identity.Of(SignatureAlgorithm.RsaPkcs1Sha256);

    /// <summary>Applies a change that is told the number of the signature dictionary to come, and signs the result.</summary>
    public static byte[] SignInOneRevision(byte[] file, Action<Update, int> change, string entries = "", Func<byte[], byte[]>? cms = null)
    {
        var update = new Update(file);
        var number = update.New($"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached{entries}/ByteRange [0 1111111111 2222222222 3333333333]/Contents {Hole.PadRight(1 + (2 * Room), '0')}>>>");
        change(update, number);
        return Complete(update.Write(), file.Length, cms);
    }

    private static byte[] Complete(byte[] bytes, int from, Func<byte[], byte[]>? cms)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var hole = text.IndexOf(Hole, from, StringComparison.Ordinal);
        var behind = hole + 2 + (2 * Room);
        text = text.Replace("1111111111", hole.ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("2222222222", behind.ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("3333333333", (text.Length - behind).ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        bytes = Encoding.Latin1.GetBytes(text);
        var builder = CmsSignatureBuilder.TryCreate(Stranger.Chain, Stranger.Signer.Algorithm, SHA256.HashData([.. bytes.AsSpan(0, hole), .. bytes.AsSpan(behind)]))!;
        var built = builder.Build(Stranger.Signer.SignDigest(builder.HashToSign.Span));
        Encoding.ASCII.GetBytes(Convert.ToHexString(cms is null ? built : cms(built))).CopyTo(bytes, hole + 1);
        return bytes;
    }
}
