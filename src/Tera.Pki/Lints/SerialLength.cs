namespace Tera.Pki.Lints;

/// <summary>The serial number has at most 20 octets.</summary>
public sealed class SerialLength : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.serial-length";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.1.2.2; zlint e_serial_number_longer_than_20_octets";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.SerialNumber.Octets.Length <= 20 ? null : $"the serial number has {subject.Certificate.SerialNumber.Octets.Length} octets";
}
