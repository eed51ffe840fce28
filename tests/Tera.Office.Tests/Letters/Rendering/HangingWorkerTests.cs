using System.Text;
using Tera.Office.Letters.Rendering;

namespace Tera.Office.Tests.Letters.Rendering;

/// <summary>The queue around the workers, with a played worker that hangs on documents that say so: LibreOffice hangs only when it likes.</summary>
public sealed class HangingWorkerTests : IDisposable
{
    private const string Worker = """
        #!/usr/bin/python3
        import json, os, sys, time
        print(json.dumps({"ok": True, "pid": os.getpid()}), flush=True)
        for line in sys.stdin:
            job = json.loads(line)
            content = open(job["in"], "rb").read()
            if content == b"hang":
                time.sleep(600)
            if content == b"once" and not os.path.exists(sys.argv[-1] + ".seen"):
                open(sys.argv[-1] + ".seen", "w").close()
                time.sleep(600)
            open(job["out"], "wb").write(b"%PDF " + content)
            print(json.dumps({"ok": True}), flush=True)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tera-hang-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_letter_that_hangs_twice_is_told_so_and_the_others_go_in_between()
    {
        await using PdfConverter converter = Converter(TimeSpan.FromSeconds(2));
        Task<Conversion> hanging = converter.ConvertAsync("hang"u8.ToArray(), default);
        Task<Conversion>[] others = [.. Enumerable.Range(0, 5).Select(_ => converter.ConvertAsync("surat"u8.ToArray(), default))];
        await Task.WhenAll(others);
        Assert.False(hanging.IsCompleted);
        Assert.All(others, other => Assert.Equal("%PDF surat", Encoding.ASCII.GetString(Assert.IsType<Conversion.Done>(other.Result).Pdf)));
        string told = Assert.IsType<Conversion.Failed>(await hanging).Message;
        Assert.Contains("dua kali", told, StringComparison.Ordinal);
        Assert.Contains("2 detik", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_hangs_once_is_converted_by_the_next_worker()
    {
        await using PdfConverter converter = Converter(TimeSpan.FromSeconds(2));
        Assert.IsType<Conversion.Done>(await converter.ConvertAsync("once"u8.ToArray(), default));
    }

    private PdfConverter Converter(TimeSpan limit)
    {
        string worker = Path.Combine(_folder, "worker");
        File.WriteAllText(worker, Worker);
        File.SetUnixFileMode(worker, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return new PdfConverter(new ConverterSettings { Folder = Path.Combine(_folder, "converter"), PythonFile = worker, Limit = limit });
    }
}
