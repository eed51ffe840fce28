using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pki.TimeStamping;

namespace Tera.Door;

/// <summary>How a file fared: the exit code it is worth, and what was wrong.</summary>
internal sealed record FileOutcome(int ExitCode, string? Error)
{
    public static FileOutcome Done { get; } = new(0, null);
}

/// <summary>Makes a PDF file of another one: whole, or not at all.</summary>
internal static class PdfRewrite
{
    /// <summary>Opens the input, has the output written, and tells how it went.</summary>
    /// <param name="input">The file to read.</param>
    /// <param name="output">The file to write; one that is there is replaced at the end.</param>
    /// <param name="password">For an encrypted file.</param>
    /// <param name="write">Writes the new file.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static async Task<FileOutcome> RunAsync(string input, string output, ReadOnlyMemory<char> password, Func<PdfFile, Stream, Task> write, CancellationToken cancellation)
    {
        // Written beside its place under another name first: whoever looks sees the whole file or none.
        var temporary = output + "." + Path.GetRandomFileName() + ".part";
        try
        {
            await using (var source = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, 1))
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024))
            {
                await write(PdfFile.Open(source, password: password), target);
                await target.FlushAsync(cancellation);
            }
            File.Move(temporary, output, overwrite: true);
            return FileOutcome.Done;
        }
        catch (SigningException refused)
        {
            return new FileOutcome(refused.Refusal is SigningRefusal.NoSuchPage or SigningRefusal.InvalidFieldName or SigningRefusal.DamagedForm ? 2 : 1, refused.Message);
        }
        catch (ExtensionException refused)
        {
            return new FileOutcome(refused.Refusal is ExtensionRefusal.NoSignature or ExtensionRefusal.NoTimeStampAuthority ? 2 : 1, refused.Message);
        }
        catch (MarkException unmarked)
        {
            return new FileOutcome(2, unmarked.Message);
        }
        catch (PdfException unreadable)
        {
            return new FileOutcome(2, unreadable.Message);
        }
        catch (TimeStampException unstamped)
        {
            return new FileOutcome(1, unstamped.Message);
        }
        catch (FileNotFoundException missing) when (missing.FileName == Path.GetFullPath(input))
        {
            return new FileOutcome(2, "there is no such file");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return new FileOutcome(2, unusable.Message);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
