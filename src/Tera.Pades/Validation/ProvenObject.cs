namespace Tera.Pades.Validation;

/// <summary>What an object of the validation is.</summary>
public enum ProvenObjectKind
{
    /// <summary>A certificate.</summary>
    Certificate,

    /// <summary>A revocation list.</summary>
    Crl,

    /// <summary>An OCSP response.</summary>
    OcspResponse,

    /// <summary>A time-stamp token.</summary>
    TimeStamp,
}

/// <summary>An object that the validation had before it, with the earliest instant at which it is proven to have been there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Encoded">Its bytes.</param>
/// <param name="ProvenAt">The proof of existence: of a time stamp that covers it, or else the instant of the judgement.</param>
public sealed record ProvenObject(ProvenObjectKind Kind, ReadOnlyMemory<byte> Encoded, DateTimeOffset ProvenAt);
