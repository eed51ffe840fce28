namespace Tera.Pades.Pdf.Encryption;

/// <summary>What became of a file's integrity code (ISO/TS 32004).</summary>
public enum IntegrityState
{
    /// <summary>The file has none and need not have one, or it was not deciphered.</summary>
    None,

    /// <summary>It holds over all bytes of the file.</summary>
    Holds,

    /// <summary>The file must have one and has not.</summary>
    Missing,

    /// <summary>It does not hold: the file was changed or put together by somebody without its password.</summary>
    DoesNotHold,
}
