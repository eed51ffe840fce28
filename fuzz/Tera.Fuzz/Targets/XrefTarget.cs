using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;

namespace Tera.Fuzz.Targets;

/// <summary>Cross-reference tables, streams, hybrids, chains of revisions, and repair: every object listed is read, from memory and from a stream alike.</summary>
internal sealed class XrefTarget(SeedBank bank) : FuzzTarget
{
    public override string Name => "xref";

    public override double Share => 1;

    public override IReadOnlyList<byte[]> Seeds => bank.SmallDocuments;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => PdfMutator.Mutate(seed, other, random);

    public override bool IsDocumented(Exception exception) => exception is PdfException;

    public override string Execute(byte[] input)
    {
        var file = PdfFile.Open(input);
        var summary = Summary(file);
        var streamed = Summary(PdfFile.Open(new MemoryStream(input, writable: false)));
        if (summary != streamed)
            throw new BrokenPromiseException("a file reads alike from memory and from a stream");
        PdfPages.Enumerate(file.Latest).Take(1000).Count();
        if (!file.WasRepaired)
            file.Repaired();
        return $"{(file.WasRepaired ? "repaired" : "sound")} {file.Revisions.Count} {file.OffsetBias != 0} {file.HasSectionsOutOfOrder}";
    }

    private static (int, int, int, long) Summary(PdfFile file)
    {
        var (read, refused) = (0, 0);
        foreach (var revision in file.Revisions.TakeLast(20))
        {
            foreach (var entry in revision.Objects.Take(200))
            {
                if (file.TryGetObject(entry.Id, revision.Index, out _) == PdfRefusal.None)
                    read++;
                else
                    refused++;
            }
        }
        return (file.Revisions.Count, read, refused, file.Revisions[^1].End ?? -1);
    }
}
