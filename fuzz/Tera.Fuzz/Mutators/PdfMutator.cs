using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;

namespace Tera.Fuzz.Mutators;

/// <summary>Mutates PDF files: as bytes, as words with the offsets put right, as objects in a further revision, and as a whole written anew.</summary>
internal static class PdfMutator
{
    public static readonly byte[][] Words = new[]
    {
        "obj", "endobj", "stream\n", "endstream", "xref\n", "trailer\n", "startxref\n", "%%EOF\n", "%PDF-1.7\n", "<<", ">>", "[", "]", "(", ")", "<", ">", "/", "%",
        " 0 R", "1 0 R", "2 0 R", " 0 obj\n", "null", "true", "false", "/Type", "/Catalog", "/Pages", "/Page", "/Kids", "/Count", "/Parent", "/Length", "/Filter",
        "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/RunLengthDecode", "/DecodeParms", "/Predictor 15", "/Columns", "/Prev", "/XRefStm", "/Root 1 0 R", "/Size",
        "/Type/XRef", "/W[1 2 1]", "/Index[0 9]", "/Type/ObjStm", "/N", "/First", "/Extends", "/AcroForm", "/Fields", "/FT/Sig", "/ByteRange[0 1 2 3]",
        "/Contents<00>", "/SubFilter/ETSI.RFC3161", "/DSS", "/Encrypt", "/Perms", "/DocMDP", "/Linearized 1", "\n0000000000 65535 f \n", "0000000016 00000 n \n",
    }.Select(Encoding.Latin1.GetBytes).ToArray();

    public static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        try
        {
            var mutated = random.Next(10) switch
            {
                0 or 1 => ByteMutator.Mutate(seed, other, random, Words),
                2 or 3 => SameLength(seed, random),
                4 => Shifted(seed, random),
                5 or 6 or 7 => Revision(seed, other, random),
                _ => Whole(seed, random),
            };
            return mutated.Length > ByteMutator.MaxLength ? mutated[..ByteMutator.MaxLength] : mutated;
        }
        catch (Exception refused) when (refused is PdfException or SigningException or OverflowException)
        {
            return ByteMutator.Mutate(seed, other, random, Words);
        }
    }

    // Digits, letters of names and white space change, and no offset moves.
    private static byte[] SameLength(byte[] seed, Random random)
    {
        var bytes = seed.ToArray();
        for (var times = 1 << random.Next(5); times > 0 && bytes.Length > 0; times--)
        {
            var at = random.Next(bytes.Length);
            while (at < bytes.Length && !char.IsAsciiLetterOrDigit((char)bytes[at]))
                at++;
            if (at == bytes.Length)
                continue;
            bytes[at] = (byte)(char.IsAsciiDigit((char)bytes[at]) ? '0' + random.Next(10) : random.Next(4) == 0 ? random.Next(256) : 'A' + random.Next(26));
        }
        return bytes;
    }

    // A word changes its length, and every offset in tables, /Prev and startxref moves with it: the file stays sound but for the word.
    private static byte[] Shifted(byte[] seed, Random random)
    {
        if (seed.Length == 0)
            return seed;
        var at = random.Next(seed.Length);
        var count = 0;
        while (at < seed.Length && !char.IsAsciiDigit((char)seed[at]) && seed[at] != '/')
            at++;
        while (at + count < seed.Length && count < 24 && (count == 0 || char.IsAsciiLetterOrDigit((char)seed[at + count])))
            count++;
        var by = random.Next(3) == 0 ? Words[random.Next(Words.Length)] : Encoding.ASCII.GetBytes(EdgeNumbers.PickText(random));
        var moved = by.Length - count;
        var bytes = ByteMutator.Replace(seed, at, count, by);
        for (var i = 0; i < bytes.Length - 20; i++)
        {
            if (bytes[i + 10] == ' ' && bytes[i + 16] == ' ' && bytes[i + 17] is (byte)'n' && Digits(bytes, i, 10) is { } offset && Digits(bytes, i + 11, 5) is not null && offset > at)
                Encoding.ASCII.GetBytes((offset + moved).ToString("D10", CultureInfo.InvariantCulture)).CopyTo(bytes, i);
        }
        foreach (var word in (ReadOnlySpan<string>)["startxref", "/Prev", "/XRefStm"])
            ShiftBehind(ref bytes, Encoding.ASCII.GetBytes(word), at, moved);
        return bytes;
    }

    private static void ShiftBehind(ref byte[] bytes, byte[] word, int at, int moved)
    {
        for (var found = bytes.AsSpan().LastIndexOf(word); found >= 0; found = bytes.AsSpan(0, found).LastIndexOf(word))
        {
            var i = found + word.Length;
            while (i < bytes.Length && bytes[i] is (byte)' ' or (byte)'\r' or (byte)'\n')
                i++;
            var count = 0;
            while (i + count < bytes.Length && count < 12 && char.IsAsciiDigit((char)bytes[i + count]))
                count++;
            if (count > 0 && Digits(bytes, i, count) is { } offset && offset > at)
                bytes = ByteMutator.Replace(bytes, i, count, Encoding.ASCII.GetBytes((offset + moved).ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static long? Digits(byte[] bytes, int at, int count)
    {
        long value = 0;
        for (var i = at; i < at + count; i++)
        {
            if (!char.IsAsciiDigit((char)bytes[i]))
                return null;
            value = (value * 10) + bytes[i] - '0';
        }
        return value;
    }

    // Changed objects in a further revision: the signatures before it stay whole, and the comparison of revisions has work.
    private static byte[] Revision(byte[] seed, byte[] other, Random random)
    {
        var file = PdfFile.Open(seed);
        var ids = Ids(file);
        if (ids.Count == 0)
            return ByteMutator.Mutate(seed, other, random, Words);
        var tree = new PdfTreeMutator(random, file, ids);
        var update = new IncrementalUpdate(file);
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var id = ids[random.Next(ids.Count)];
            if (file.TryGetObject(id, null, out var value) != PdfRefusal.None)
                continue;
            switch (random.Next(8))
            {
                case 0:
                    update.Put(ids[random.Next(ids.Count)], value);
                    break;
                case 1:
                    update.Add(tree.Mutate(value));
                    break;
                default:
                    update.Put(id, tree.Mutate(value));
                    break;
            }
        }
        var output = new MemoryStream();
        update.WriteTo(output);
        return output.ToArray();
    }

    // All objects of the newest state, some of them changed, in a new file of another kind.
    private static byte[] Whole(byte[] seed, Random random)
    {
        var file = PdfFile.Open(seed);
        var ids = Ids(file);
        var tree = new PdfTreeMutator(random, file, ids);
        var assembler = new PdfAssembler(random, file.Limits);
        var changes = random.Next(1, 4);
        foreach (var id in ids)
        {
            if (file.TryGetObject(id, null, out var value) != PdfRefusal.None || value is PdfStream { Dictionary: var kind } && (kind.Is("Type", "XRef") || kind.Is("Type", "ObjStm")))
                continue;
            assembler.Add(id.Number, random.Next(ids.Count) < changes ? tree.Mutate(value) : value);
        }
        return assembler.Assemble(file.Latest.CatalogId ?? new ObjectId(1));
    }

    private static List<ObjectId> Ids(PdfFile file) =>
        [.. file.Revisions.SelectMany(r => r.Objects.Take(2000)).Where(o => o.Placement != ObjectPlacement.Free).Select(o => o.Id).Distinct().Take(4000)];
}
