using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;

namespace Tera.Fuzz.Targets;

/// <summary>One door through which hostile bytes come in.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Up to 32 ASCII letters.</summary>
    public abstract string Name { get; }

    /// <summary>Its share of the time, relative to the others'.</summary>
    public virtual double Share => 1;

    /// <summary>Inputs to begin with; at least one.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>An input made from a seed.</summary>
    public abstract byte[] Mutate(byte[] seed, byte[] other, Random random);

    /// <summary>Executes an input.</summary>
    /// <returns>The outcome: the same for inputs that took the same way.</returns>
    /// <exception cref="Execution.BrokenPromiseException">A property does not hold.</exception>
    public abstract string Execute(byte[] input);

    /// <summary>Whether the public documentation promises this exception.</summary>
    public virtual bool IsDocumented(Exception exception) => false;

    /// <summary>Which refusal it is, for telling outcomes apart.</summary>
    public virtual string ReasonOf(Exception exception) => exception switch
    {
        PdfException refused => refused.Refusal.ToString(),
        SigningException refused => refused.Refusal.ToString(),
        _ => "",
    };

    /// <summary>What tells one slow path from another.</summary>
    public virtual string SlownessOf(string outcome) => outcome.Split('|')[0];

    /// <summary>Bytes that an execution may allocate: what stays below 256 MiB in total cannot have a peak above.</summary>
    public virtual long AllocationLimit => 256L * 1024 * 1024;

    /// <summary>One input in eight, the same ones always: for the dear part of an execution when the cheap part is what finds faults.</summary>
    protected static bool IsForDearPart(byte[] input) => input.Length > 0 && ((input.Length + input[^1] + input[input.Length / 3]) & 7) == 0;

    /// <summary>All targets over the seeds.</summary>
    public static IReadOnlyList<FuzzTarget> All(SeedBank bank) =>
    [
        new ParserTarget(bank),
        new XrefTarget(bank),
        new FilterTarget(),
        new ValidationTarget(bank),
        new SigningTarget(bank),
        new TextTarget(bank),
        new MarkTarget(),
        new CmsTarget(bank),
        new TimeStampTarget(bank),
        new CertificateTarget(bank),
        new CrlTarget(bank),
        new OcspTarget(bank),
        new RequestTarget(bank),
        new Pkcs12Target(bank),
        new EncryptionTarget(bank),
        new EvidenceTarget(bank),
    ];
}
