using System.Runtime.InteropServices;

namespace Tera.Authority.Vault;

/// <summary>Argon2id version 0x13 (RFC 9106) by the reference library, Debian's libargon2-1.</summary>
internal static unsafe partial class Argon2id
{
    private const uint Version13 = 0x13;

    public static void Derive(
        KdfParameters parameters,
        ReadOnlySpan<byte> passphrase,
        ReadOnlySpan<byte> salt,
        Span<byte> output,
        ReadOnlySpan<byte> secret = default,
        ReadOnlySpan<byte> associated = default)
    {
        fixed (byte* password = passphrase, saltStart = salt, outputStart = output, secretStart = secret, associatedStart = associated)
        {
            // The library reads the password and clears its own memory; it does not write to ours (flags are 0).
            var context = new Context
            {
                Output = outputStart,
                OutputLength = (uint)output.Length,
                Password = password,
                PasswordLength = (uint)passphrase.Length,
                Salt = saltStart,
                SaltLength = (uint)salt.Length,
                Secret = secretStart,
                SecretLength = (uint)secret.Length,
                Associated = associatedStart,
                AssociatedLength = (uint)associated.Length,
                Iterations = (uint)parameters.Iterations,
                MemoryKiB = (uint)parameters.MemoryKiB,
                Lanes = (uint)parameters.Lanes,
                Threads = (uint)parameters.Lanes,
                Version = Version13,
            };
            var status = argon2id_ctx(&context);
            if (status != 0)
            {
                throw new InvalidOperationException($"Argon2id failed: {Marshal.PtrToStringUTF8(argon2_error_message(status))}");
            }
        }
    }

    [LibraryImport("libargon2.so.1")]
    private static partial int argon2id_ctx(Context* context);

    [LibraryImport("libargon2.so.1")]
    private static partial nint argon2_error_message(int code);

    /// <summary>argon2_context of argon2.h, member for member.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Context
    {
        public byte* Output;
        public uint OutputLength;
        public byte* Password;
        public uint PasswordLength;
        public byte* Salt;
        public uint SaltLength;
        public byte* Secret;
        public uint SecretLength;
        public byte* Associated;
        public uint AssociatedLength;
        public uint Iterations;
        public uint MemoryKiB;
        public uint Lanes;
        public uint Threads;
        public uint Version;
        public nint Allocate;
        public nint Free;
        public uint Flags;
    }
}
