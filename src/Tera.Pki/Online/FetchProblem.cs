namespace Tera.Pki.Online;

/// <summary>Why an address gave nothing.</summary>
public enum FetchRefusal
{
    /// <summary>Fetching is forbidden by the caller.</summary>
    Forbidden,

    /// <summary>The certificate names no address of this kind.</summary>
    NoAddress,

    /// <summary>The address is no http or https URL, or has user information.</summary>
    AddressRefused,

    /// <summary>The host lies in a private network, which the caller forbids.</summary>
    PrivateAddress,

    /// <summary>The host could not be reached.</summary>
    Unreachable,

    /// <summary>No complete answer came in time.</summary>
    TimedOut,

    /// <summary>The answer is not "200 OK", or redirects too often.</summary>
    UnexpectedAnswer,

    /// <summary>The answer is longer than allowed.</summary>
    TooLong,

    /// <summary>The answer is not what was asked for.</summary>
    Malformed,
}

/// <summary>An address that gave nothing.</summary>
/// <param name="Address">The URL as the certificate has it; empty where there is none.</param>
/// <param name="Refusal">Why.</param>
/// <param name="Detail">What was wrong, for people.</param>
public sealed record FetchProblem(string Address, FetchRefusal Refusal, string Detail)
{
    /// <summary>Address and detail in one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Address.Length == 0 ? Detail : $"{Address}: {Detail}";
}
