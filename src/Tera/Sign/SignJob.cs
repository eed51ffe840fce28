using System.Globalization;
using System.Security.Cryptography;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pki.TimeStamping;

namespace Tera.Door.Sign;

/// <summary>How a file fared: the exit code it is worth, and what was wrong.</summary>
internal sealed record SignOutcome(int ExitCode, string? Error)
{
    public static SignOutcome Signed { get; } = new(0, null);
}

/// <summary>One unlocked key and what to write with it: the same for every file of a batch.</summary>
internal sealed class SignJob : IDisposable
{
    private readonly SigningKey _key;
    private readonly HttpClient? _http;
    private readonly ITimeStampClient? _timeStamps;
    private readonly Arguments _words;
    private readonly VisibleMark _mark;
    private readonly DocMdpPermission? _certify;
    private readonly char[] _password;

    private SignJob(Arguments words, Uri? authority)
    {
        _words = words;
        _mark = VisibleMark.Read(words);
        _certify = CertifyOf(words.Find("--certify"));
        _password = words.Find("--password-file") is { } secret ? SecretFile.Read("--password-file", secret) : [];
        _key = SigningKey.Open(words);
        if (authority is not null)
        {
            _http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            _timeStamps = new HttpTimeStampClient(_http, authority, RandomNumberGenerator.Create());
        }
    }

    public bool HasOutput => _words.Find("-o") is not null;

    public static SignJob Open(Arguments words)
    {
        var level = words.Find("--level") ?? "b";
        Uri? authority = null;
        if (level is not ("b" or "t"))
            throw new UsageException($"--level {level}: b or t; tera extend makes lt and lta of them");
        if (level == "t" && (!Uri.TryCreate(words.Find("--tsa"), UriKind.Absolute, out authority) || authority.Scheme is not ("http" or "https")))
            throw new UsageException("--level t needs --tsa with the URL of a time-stamping authority");
        return new SignJob(words, authority);
    }

    public async Task<SignOutcome> SignAsync(string input, string output, CancellationToken cancellation)
    {
        // Written beside its place under another name first: whoever looks sees the whole file or none.
        var temporary = output + "." + Path.GetRandomFileName() + ".part";
        try
        {
            await using (var source = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, 1))
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024))
            {
                var file = PdfFile.Open(source, password: _password);
                await PadesSigner.SignAsync(file, target, _key.Signer, RequestFor(file), _timeStamps, cancellation);
                await target.FlushAsync(cancellation);
            }
            File.Move(temporary, output, overwrite: true);
            return SignOutcome.Signed;
        }
        catch (SigningException refused)
        {
            return new SignOutcome(refused.Refusal is SigningRefusal.NoSuchPage or SigningRefusal.InvalidFieldName or SigningRefusal.DamagedForm ? 2 : 1, refused.Message);
        }
        catch (MarkException unmarked)
        {
            return new SignOutcome(2, unmarked.Message);
        }
        catch (PdfException unreadable)
        {
            return new SignOutcome(2, unreadable.Message);
        }
        catch (TimeStampException unstamped)
        {
            return new SignOutcome(1, unstamped.Message);
        }
        catch (FileNotFoundException missing) when (missing.FileName == Path.GetFullPath(input))
        {
            return new SignOutcome(2, "there is no such file");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return new SignOutcome(2, unusable.Message);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        Array.Clear(_password);
        _http?.Dispose();
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
