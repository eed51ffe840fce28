namespace Tera.Authority.Vault;

/// <summary>A file with a secret in it: mode 0600 from its first byte, complete or absent.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Create(string path, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsWindows())
        {
            throw NeedsFileModes();
        }

        CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
    }

    /// <summary>For the owner alone when it is made here; one that exists keeps its mode.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw NeedsFileModes();
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>A key that others of the host can read is no lock: refuse to start rather than to warn.</summary>
    public static void RequirePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw NeedsFileModes();
        }

        if ((File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
        {
            throw new InvalidDataException($"The secret file {path} can be read by others; set its mode to 0600.");
        }
    }

    private static PlatformNotSupportedException NeedsFileModes() =>
        new("The vault keeps its secrets in files of mode 0600 and so needs Linux.");
}
