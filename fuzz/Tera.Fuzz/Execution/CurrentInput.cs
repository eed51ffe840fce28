using System.IO.MemoryMappedFiles;
using System.Text;

namespace Tera.Fuzz.Execution;

/// <summary>
/// The input that is being executed, in a mapped file: it outlives a process that dies of a stack overflow, and costs a copy in
/// memory only.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    public const int Capacity = 8 * 1024 * 1024;

    private const int HeaderLength = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public CurrentInput(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, HeaderLength + Capacity);
        _view = _file.CreateViewAccessor();
    }

    public void Write(string target, byte[] input)
    {
        var name = new byte[32];
        Encoding.ASCII.GetBytes(target, name);
        _view.Write(0, 0);
        _view.WriteArray(8, name, 0, name.Length);
        _view.WriteArray(HeaderLength, input, 0, input.Length);
        _view.Write(4, input.Length);
        _view.Write(0, 1);
    }

    public void Clear() => _view.Write(0, 0);

    /// <summary>What a dead process was executing; null where it died between two executions.</summary>
    public static (string Target, byte[] Input)? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderLength || BitConverter.ToInt32(bytes, 0) != 1)
            return null;
        var target = Encoding.ASCII.GetString(bytes, 8, 32).TrimEnd('\0');
        return (target, bytes.AsSpan(HeaderLength, BitConverter.ToInt32(bytes, 4)).ToArray());
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
