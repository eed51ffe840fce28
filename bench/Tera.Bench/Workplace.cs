namespace Tera.Bench;

/// <summary>A folder for inputs and outputs, in memory where the system has such a place, so that no disk is measured.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly string _folder;
    private long _next;

    public Workplace(string? folder)
    {
        var parent = folder ?? (Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath());
        _folder = Path.Combine(parent, "tera-bench-" + Path.GetRandomFileName());
        Directory.CreateDirectory(_folder);
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A name that was not used before: replacing a file costs more than making one.</summary>
    public string NewPath() => PathOf(Interlocked.Increment(ref _next).ToString(System.Globalization.CultureInfo.InvariantCulture));

    public string Put(string name, byte[] bytes)
    {
        var path = PathOf(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
