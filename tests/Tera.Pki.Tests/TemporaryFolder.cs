namespace Tera.Pki.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tera-pki-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    internal string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }
}
