using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Tera.Pki.Keys;

/// <summary>
/// OpenSSL's engine for PKCS#11 tokens (libp11). The PIN goes in by the engine's own command: in a URI, libp11 prints it to the
/// standard error when the login fails. The engine is one for the process, so one key is opened at a time.
/// </summary>
[UnsupportedOSPlatform("android")]
[UnsupportedOSPlatform("browser")]
[UnsupportedOSPlatform("ios")]
[UnsupportedOSPlatform("tvos")]
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class Pkcs11Engine
{
    private const string Library = "libcrypto.so.3";
    private const string Name = "pkcs11";

    private static readonly Lock Gate = new();

    /// <exception cref="CryptographicException">The engine, the token or the key is not there, or the PIN is wrong. The message says nothing of either.</exception>
    public static SafeEvpPKeyHandle Open(string uri, ReadOnlySpan<char> pin)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(pin) + 1];
        Encoding.UTF8.GetBytes(pin, bytes);
        lock (Gate)
        {
            var engine = ENGINE_by_id(Name);
            try
            {
                if (engine == 0)
                    throw new CryptographicException("OpenSSL's engine pkcs11 is not installed (Debian: libengine-pkcs11-openssl).");
                fixed (byte* secret = bytes)
                {
                    if (ENGINE_ctrl_cmd_string(engine, "QUIET", null, 0) != 1 || ENGINE_ctrl_cmd_string(engine, "PIN", secret, 0) != 1)
                        throw new CryptographicException("OpenSSL's engine pkcs11 takes no PIN.");
                }
                return SafeEvpPKeyHandle.OpenPrivateKeyFromEngine(Name, uri);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bytes);
                _ = ENGINE_free(engine);
                ERR_clear_error();
            }
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ENGINE_by_id(string id);

    [LibraryImport(Library)]
    private static partial int ENGINE_free(nint engine);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ENGINE_ctrl_cmd_string(nint engine, string command, byte* argument, int optional);

    [LibraryImport(Library)]
    private static partial void ERR_clear_error();
}
