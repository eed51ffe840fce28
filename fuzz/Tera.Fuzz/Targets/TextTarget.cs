using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Text;

namespace Tera.Fuzz.Targets;

/// <summary>A whole file whose pages are searched for tags: content, fonts, encodings, character maps, forms.</summary>
internal sealed class TextTarget(SeedBank bank) : FuzzTarget
{
    private const int MaxPages = 20;

    public override string Name => "text";

    public override IReadOnlyList<byte[]> Seeds => bank.Documents;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => PdfMutator.Mutate(seed, other, random);

    public override bool IsDocumented(Exception exception) => exception is PdfException or MarkException;

    public override string Execute(byte[] input)
    {
        var file = PdfFile.Open(input);
        var finder = new TextFinder(file.Latest);
        var words = 0;
        foreach (var page in PdfPages.Enumerate(file.Latest).Take(MaxPages))
        {
            foreach (var word in finder.WordsOn(page))
            {
                words++;
                if (!double.IsFinite(word.Box.X + word.Box.Y + word.Box.Width + word.Box.Height) || word.Box.Width < 0 || word.Box.Height < 0)
                    throw new BrokenPromiseException($"a text's box has numbers ({word.Box})");
            }
            finder.FindOn(page, "#");
        }
        var places = new MarkAtText("a") { Size = (50, 20), Pages = PageSelection.First, Occurrence = null }.Resolve(file.Latest);
        return $"{Math.ILogB(words + 1)}|{Math.ILogB(places.Count)}";
    }
}
