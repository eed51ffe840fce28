namespace Tera.Pki.Lints;

/// <summary>Serial numbers have the length of ours, so that none was made by hand.</summary>
public sealed class SerialEntropy : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "tera.serial-entropy";

    /// <inheritdoc/>
    public override string Citation => "CA/Browser Forum BR 7.1 (64 bits); pki.md 3.1: 20 octets from a CSPRNG";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.SerialNumber.Octets.Length == 20 ? null : $"the serial number has {subject.Certificate.SerialNumber.Octets.Length} octets, not 20";
}
