using System.Security.Cryptography;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;

namespace Tera.Bench;

/// <summary>The second signature on a stored revision with its kept hash state, beside the first on a letter of 10 KB.</summary>
internal static class NextTable
{
    public static void Run(Options options)
    {
        using var place = new Workplace(options.Folder);
        foreach (var kind in (string[])["ec", "rsa"])
        {
            var key = SigningKey.Create(kind);
            var small = place.Put($"{kind}-first.pdf", Letter.Make(10_000));
            var contest = new Contest($"next signature {kind}, kept hash state");
            contest.Add("the first on 10 KB, file to file", () =>
            {
                var path = place.NewPath();
                Signing.File(key, small, path);
                File.Delete(path);
            });
            foreach (var size in (int[])[10_000, 1_000_000, 50_000_000])
            {
                var path = place.Put($"{kind}-{size}.pdf", Signing.ToArray(key, Letter.Make(size)));
                var length = new FileInfo(path).Length;
                var kept = Kept(path);
                contest.Add($"the next on {size / 1000} KB, appended in place", () => Append(key, path, length, kept));
            }
            contest.Run(options.Rounds, options.Window);
            contest.Print();
        }
    }

    private static RevisionHash Kept(string path)
    {
        using var handle = File.OpenHandle(path);
        return RevisionHash.Of(PdfBytes.From(handle), HashAlgorithmName.SHA256);
    }

    private static void Append(SigningKey key, string path, long length, RevisionHash kept)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0);
        var file = PdfFile.Open(stream);
        stream.Position = length;
        var prepared = DocumentToSign.PrepareAppending(file, key.Request("Signature2"), stream, kept);
        prepared.Complete(key.Signer.SignDigest(prepared.HashToSign.Span)).Hash.Dispose();
        // The next round begins with the stored revision again.
        stream.SetLength(length);
    }
}
