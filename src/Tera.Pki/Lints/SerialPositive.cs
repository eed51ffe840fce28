namespace Tera.Pki.Lints;

/// <summary>The serial number is greater than zero.</summary>
public sealed class SerialPositive : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.serial-positive";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.1.2.2; zlint e_serial_number_not_positive";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.SerialNumber.IsPositive ? null : "the serial number is not positive";
}
