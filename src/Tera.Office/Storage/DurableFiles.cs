using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tera.Office.Storage;

/// <summary>
/// Files that only the service's own user can read, and folders whose entries are on disk. The base class library can flush a file but not a folder,
/// and a rename is only durable with the folder (POSIX leaves it open; Linux fsync(2) says so).
/// </summary>
internal static partial class DurableFiles
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const int ReadOnly = 0;

    public static FileStream CreateNew(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Creates a folder and its missing parents, each durably.</summary>
    public static string CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return path;
        }

        string? parent = Path.GetDirectoryName(path);
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return path;
        }

        Directory.CreateDirectory(path, OwnerOnlyFolder);
        if (parent is not null)
        {
            FlushFolder(parent);
        }

        return path;
    }

    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals its entries; there is nothing to call
        }

        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {path} cannot be opened to flush it.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        try
        {
            if (FSync(descriptor) != 0)
            {
                throw new IOException($"The folder {path} cannot be flushed.", new Win32Exception(Marshal.GetLastPInvokeError()));
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
