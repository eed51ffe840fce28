namespace Tera.Pades.Signing.LongTerm;

/// <summary>The baseline levels of EN 319 142-1 clause 6; each has what those before it have.</summary>
public enum PadesLevel
{
    /// <summary>B-B: the signature and its certificates.</summary>
    B,

    /// <summary>B-T: a trusted time stamp proves when it was there.</summary>
    T,

    /// <summary>B-LT: the document holds what is needed to check chains and revocation later on.</summary>
    Lt,

    /// <summary>B-LTA: a document time stamp covers all that, and can be renewed for ever.</summary>
    Lta,
}
