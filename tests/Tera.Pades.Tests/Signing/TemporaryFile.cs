namespace Tera.Pades.Tests.Signing;

/// <summary>A file for a foreign tool to look at.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

    public static TemporaryFile Of(byte[] content)
    {
        var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, content);
        return file;
    }

    public FileStream Create() => new(Path, FileMode.Create, FileAccess.ReadWrite);

    public void Dispose() => File.Delete(Path);
}
