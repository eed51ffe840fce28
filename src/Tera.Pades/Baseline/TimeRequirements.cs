using Tera.Pades.Signing.LongTerm;
using Tera.Pki.Certificates;

namespace Tera.Pades.Baseline;

/// <summary>B-T: a time stamp.</summary>
internal static class TimeRequirements
{
    public static IReadOnlyList<BaselineRequirement> All { get; } =
    [
        Line("t.time-stamp", "", "a signature time stamp or a document time stamp covers the signature", s =>
            s.Time is null ? "no time stamp that holds covers it" : null),
        Line("t.before-expiry", "m", "the time stamp is older than the end of the signing certificate", s =>
            s.Time is not { } time ? "there is no time stamp"
            : !Certificate.TryDecode(s.Signature.SignerCertificate, out var signer, out _) ? "the signing certificate cannot be read"
            : time > signer.NotAfter ? $"the certificate ended {signer.NotAfter:u}, the time stamp is of {time:u}" : null),
    ];

    private static BaselineRequirement Line(string id, string letter, string text, Func<BaselineSubject, string?> objection) =>
        new(id, PadesLevel.T, letter, text) { Objection = objection };
}
