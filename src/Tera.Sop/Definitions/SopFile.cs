using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tera.Sop.Definitions;

/// <summary>
/// What a human wrote: a tree of texts with their places, nothing interpreted. Bounded in size, depth and count; anchors,
/// aliases and tags are refused, since no SOP needs them and they are how a small file becomes a big one.
/// </summary>
internal sealed class SopFile
{
    public const int MostBytes = 256 * 1024;
    private const int MostDepth = 12;
    private const int MostNodes = 20_000;
    private const int LongestText = 4_000;

    private static readonly HashSet<string> Ambiguous = new(StringComparer.OrdinalIgnoreCase) { "no", "yes", "on", "off", "y", "n" };

    private readonly Parser parser;
    private int nodes;

    private SopFile(string source) => parser = new Parser(new StringReader(source));

    public static YamlMap? Parse(string name, ReadOnlySpan<byte> content, List<SopProblem> problems)
    {
        if (content.Length > MostBytes)
        {
            problems.Add(new SopProblem(name, 1, 1, $"Berkas lebih besar dari {MostBytes / 1024} KiB."));
            return null;
        }

        try
        {
            var source = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
            return new SopFile(source.TrimStart('\uFEFF')).Root();
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new SopProblem(name, 1, 1, "Berkas bukan teks UTF-8."));
        }
        catch (UnreadableException problem)
        {
            problems.Add(new SopProblem(name, problem.Place.Line, problem.Place.Column, problem.Message));
        }
        catch (YamlException problem)
        {
            var place = At(problem.Start);
            problems.Add(new SopProblem(name, place.Line, place.Column, $"Bukan YAML yang benar: {problem.Message}"));
        }

        return null;
    }

    private YamlMap Root()
    {
        Expect<StreamStart>();
        if (parser.Current is StreamEnd)
        {
            throw new UnreadableException(new Place(1, 1), "Berkas kosong.");
        }

        Expect<DocumentStart>();
        var root = Node(0) as YamlMap ?? throw new UnreadableException(new Place(1, 1), "Berkas SOP harus berupa daftar kunci dan nilai.");
        Expect<DocumentEnd>();
        return parser.Current is StreamEnd ? root : throw new UnreadableException(At(parser.Current!.Start), "Satu berkas memuat satu SOP; hapus '---' dan yang sesudahnya.");
    }

    private void Expect<T>()
        where T : ParsingEvent
    {
        if (parser.Current is null)
        {
            parser.MoveNext();
        }

        if (parser.Current is not T)
        {
            throw new UnreadableException(At(parser.Current!.Start), "Susunan berkas tidak terbaca di sini.");
        }

        parser.MoveNext();
    }

    private YamlNode Node(int depth)
    {
        var current = parser.Current!;
        var place = At(current.Start);
        if (++nodes > MostNodes)
        {
            throw new UnreadableException(place, $"Berkas memuat lebih dari {MostNodes} butir.");
        }

        if (depth > MostDepth)
        {
            throw new UnreadableException(place, $"Susunan lebih dalam dari {MostDepth} tingkat.");
        }

        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new UnreadableException(place, "Jangkar (&) dan rujukan (*) YAML tidak dipakai dalam SOP; tulis isinya.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw new UnreadableException(place, "Tanda jenis (!) YAML tidak dipakai dalam SOP.");
        }

        return current switch
        {
            Scalar scalar => Text(scalar, place),
            SequenceStart => List(place, depth),
            MappingStart => Map(place, depth),
            _ => throw new UnreadableException(place, "Susunan berkas tidak terbaca di sini."),
        };
    }

    private YamlText Text(Scalar scalar, Place place)
    {
        parser.MoveNext();
        if (scalar.Value.Length > LongestText)
        {
            throw new UnreadableException(place, $"Teks lebih panjang dari {LongestText} huruf.");
        }

        if (scalar.Style == ScalarStyle.Plain && Ambiguous.Contains(scalar.Value))
        {
            // YAML 1.1 reads these as true and false, YAML 1.2 as text: two programs would read two different SOPs.
            throw new UnreadableException(place, $"'{scalar.Value}' dibaca sebagai ya/tidak oleh sebagian program YAML; beri tanda kutip atau pakai kata lain ('nomor', 'ya', 'tidak').");
        }

        return scalar.Value.Any(character => char.IsControl(character) && character is not '\n')
            ? throw new UnreadableException(place, "Teks memuat huruf kendali.")
            : new YamlText(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList List(Place place, int depth)
    {
        parser.MoveNext();
        var items = new List<YamlNode>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        parser.MoveNext();
        return new YamlList(place, items);
    }

    private YamlMap Map(Place place, int depth)
    {
        parser.MoveNext();
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1) as YamlText ?? throw new UnreadableException(At(parser.Current!.Start), "Kunci harus berupa teks.");
            if (key.IsNull || (key.IsPlain && key.Value is "true" or "false"))
            {
                throw new UnreadableException(key.Place, $"'{key.Value}' tidak boleh menjadi kunci.");
            }

            if (!keys.Add(key.Value))
            {
                throw new UnreadableException(key.Place, $"Kunci '{key.Value}' ditulis dua kali.");
            }

            entries.Add(new YamlEntry(key, Node(depth + 1)));
        }

        parser.MoveNext();
        return new YamlMap(place, entries);
    }

    private static Place At(Mark mark) => new((int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));

    private sealed class UnreadableException(Place place, string message) : Exception(message)
    {
        public Place Place { get; } = place;
    }
}
