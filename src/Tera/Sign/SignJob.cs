using System.Globalization;
using Tera.Door.Extend;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;

namespace Tera.Door.Sign;

/// <summary>One unlocked key and what to write with it: the same for every file of a batch.</summary>
internal sealed class SignJob : IDisposable
{
    private readonly SigningKey _key;
    private readonly LevelOptions _level;
    private readonly Arguments _words;
    private readonly VisibleMark _mark;
    private readonly DocMdpPermission? _certify;
    private readonly char[] _password;

    private SignJob(Arguments words, LevelOptions level)
    {
        _words = words;
        _mark = VisibleMark.Read(words);
        _level = level;
        _certify = CertifyOf(words.Find("--certify"));
        _password = words.Find("--password-file") is { } secret ? SecretFile.Read("--password-file", secret) : [];
        _key = SigningKey.Open(words);
    }

    public bool HasOutput => _words.Find("-o") is not null;

    public static SignJob Open(Arguments words)
    {
        var level = LevelOptions.Read(words, ["b", "t", "lt", "lta"], otherwise: "b");
        try
        {
            if (level.Level != PadesLevel.B && level.Request.TimeStamps is null)
                throw new UsageException($"--level {words.Find("--level")} needs --tsa with the URL of a time-stamping authority");
            return new SignJob(words, level);
        }
        catch (UsageException)
        {
            level.Dispose();
            throw;
        }
    }

    public Task<FileOutcome> SignAsync(string input, string output, CancellationToken cancellation) =>
        PdfRewrite.RunAsync(input, output, _password, (file, target) => WriteAsync(file, target, cancellation), cancellation);

    public void Dispose()
    {
        _key.Dispose();
        Array.Clear(_password);
        _level.Dispose();
    }

    private async Task WriteAsync(PdfFile file, Stream target, CancellationToken cancellation)
    {
        var signed = _level.Level == PadesLevel.B
            ? await PadesSigner.SignAsync(file, target, _key.Signer, RequestFor(file), timeStamps: null, cancellation)
            : await PadesSigner.SignAsync(file, target, _key.Signer, RequestFor(file), _level.Request, cancellation);
        signed.Hash.Dispose();
    }

    private SignatureRequest RequestFor(PdfFile file)
    {
        var field = _words.Find("--field") ?? FreeName(file);
        var places = _mark.PlacesIn(file);
        return new SignatureRequest
        {
            FieldName = field,
            NewField = places.Count > 0 ? new SignatureFieldSpec(field, places[0].PageIndex, places[0].Rectangle) : null,
            Appearance = _mark.Appearance,
            OtherMarks = [.. places.Skip(1)],
            SigningTime = TimeProvider.System.GetLocalNow(),
            Chain = _key.Chain,
            Algorithm = _key.Signer.Algorithm,
            Reason = _words.Find("--reason"),
            Location = _words.Find("--location"),
            Certify = _certify,
        };
    }

    private static string FreeName(PdfFile file)
    {
        var taken = SignatureField.Read(file.Latest).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 1; ; i++)
        {
            var name = "Signature" + i.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(name))
                return name;
        }
    }

    private static DocMdpPermission? CertifyOf(string? text) => text switch
    {
        null => null,
        "1" => DocMdpPermission.NoChanges,
        "2" => DocMdpPermission.FormFilling,
        "3" => DocMdpPermission.FormFillingAndAnnotations,
        _ => throw new UsageException($"--certify {text}: 1, 2 or 3"),
    };
}
