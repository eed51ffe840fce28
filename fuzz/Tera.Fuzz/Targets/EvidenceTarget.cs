using System.Text;
using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;

namespace Tera.Fuzz.Targets;

/// <summary>Stored facts: what reads is judged, and reads back the same when it is written again.</summary>
internal sealed class EvidenceTarget : FuzzTarget
{
    private static readonly byte[][] Words = new[] { "null", "true", "false", "{}", "[]", "\"\"", ",", ":", "{", "}", "\"AAAA\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"", "\\u0000", "\\ud800" }
        .Select(Encoding.ASCII.GetBytes).ToArray();

    private readonly List<byte[]> _seeds = [];

    public EvidenceTarget(SeedBank bank)
    {
        foreach (var document in bank.Documents.Take(150))
        {
            try
            {
                var output = new MemoryStream();
                EvidenceJson.Write(PadesValidator.Collect(PdfBytes.From(document)), output);
                if (output.Length < 40_000)
                    _seeds.Add(output.ToArray());
            }
            catch (Exception)
            {
                // The validation target tells of it.
            }
        }
    }

    public override string Name => "evidence";

    public override IReadOnlyList<byte[]> Seeds => _seeds;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => ByteMutator.Mutate(seed, other, random, Words);

    public override string Execute(byte[] input)
    {
        if (!EvidenceJson.TryRead(input, out var evidence, out var error))
            return error.Split("Path")[0];
        var policy = ValidationTarget.PolicyFor(evidence);
        var report = PadesValidator.Judge(evidence, policy);
        var output = new MemoryStream();
        EvidenceJson.Write(evidence, output);
        if (!EvidenceJson.TryRead(output.ToArray(), out var again, out _))
            throw new BrokenPromiseException("facts that are written can be read");
        if (ReportJson.Write([("f", report)]) != ReportJson.Write([("f", PadesValidator.Judge(again, policy))]))
            throw new BrokenPromiseException("facts that were kept give the same report");
        return $"{report.Verdict}|{report.Signatures.FirstOrDefault()?.SubIndication}";
    }
}
