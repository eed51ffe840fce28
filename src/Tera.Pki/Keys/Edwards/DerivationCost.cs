namespace Tera.Pki.Keys.Edwards;

/// <summary>
/// Whether the derivation of keys from a passphrase stays bounded. The platform's loader of PKCS#12 files bounds it; the decoders
/// below it, which are needed for keys that the loader does not know, do not, and two billion rounds take an hour.
/// </summary>
internal static class DerivationCost
{
    /// <summary>As many as the platform's loader allows for one file.</summary>
    private const long MaxRounds = 600_000;

    // PBKDF2 (RFC 8018 A.2), the schemes of PKCS#5 version 1 (A.3) and those of PKCS#12 (RFC 7292 C): after each stand salt and rounds.
    private static readonly byte[][] Schemes =
    [
        [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05],
        [0x06, 0x0A, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x01],
    ];

    /// <summary>False where any part of the encoding asks for more rounds, or in a way that is not understood.</summary>
    public static bool IsBounded(ReadOnlySpan<byte> encoded)
    {
        foreach (var scheme in Schemes)
        {
            var rest = encoded;
            for (var at = rest.IndexOf(scheme); at >= 0; at = rest.IndexOf(scheme))
            {
                if (rest.Length <= at + scheme.Length)
                    return false;
                // PBES2 itself (1.2.840.113549.1.5.13) holds no rounds but the identifier of PBKDF2, which is looked at in its turn.
                var isContainer = scheme.Length == 10 && rest[at + scheme.Length] == 0x0D;
                rest = rest[(at + scheme.Length + 1)..];
                if (!isContainer && !HasFewRounds(rest))
                    return false;
            }
        }
        return true;
    }

    // SEQUENCE { OCTET STRING salt, INTEGER rounds, ...}, all lengths short: a salt of 128 bytes is as dishonest as the rounds.
    private static bool HasFewRounds(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length < 4 || parameters[0] != 0x30 || parameters[1] >= 0x80 || parameters[2] != 0x04 || parameters[3] >= 0x80)
            return false;
        var at = 4 + parameters[3];
        if (parameters.Length < at + 2 || parameters[at] != 0x02 || parameters[at + 1] is 0 or > 4 || parameters.Length < at + 2 + parameters[at + 1])
            return false;
        long rounds = 0;
        foreach (var b in parameters.Slice(at + 2, parameters[at + 1]))
            rounds = (rounds << 8) | b;
        return rounds <= MaxRounds;
    }
}
