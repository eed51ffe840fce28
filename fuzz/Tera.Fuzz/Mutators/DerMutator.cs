namespace Tera.Fuzz.Mutators;

/// <summary>Mutates ASN.1 encodings as trees, lengths put right (or wrong on purpose), and as bytes.</summary>
internal static class DerMutator
{
    private static readonly byte[] Tags = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0A, 0x0C, 0x13, 0x16, 0x17, 0x18, 0x1E, 0x30, 0x31, 0x80, 0x81, 0x82, 0x86, 0xA0, 0xA1, 0xA2, 0xA3, 0xA4];

    private static readonly byte[][] Contents =
    [
        [], [0], [0xFF], [0x7F], [0x80], [0, 0x80], [0x80, 0, 0, 0, 0, 0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x2A], [0x80, 0x80, 0x01], "20261122101500Z"u8.ToArray(), "99991231235959Z"u8.ToArray(), "00000101000000Z"u8.ToArray(), "261122101500Z"u8.ToArray(),
        "20261122101500.99999999999Z"u8.ToArray(), [0x55, 0x1D, 0x0F], [0x55, 0x1D, 0x13], [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A], [0xD8, 0, 0xDC, 0], [7, 0x80],
    ];

    public static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        if (random.Next(5) == 0 || DerNode.ReadAll(seed) is not { Count: > 0 } roots)
            return ByteMutator.Mutate(seed, other, random, Contents);
        var root = new DerNode([], [], roots);
        var donor = DerNode.ReadAll(other) is { Count: > 0 } read ? new DerNode([], [], read) : root;
        for (var times = 1 << random.Next(3); times > 0; times--)
            Once(root, donor, random);
        var output = new MemoryStream();
        foreach (var node in root.Children)
            node.WriteTo(output);
        var bytes = output.ToArray();
        return bytes.Length > ByteMutator.MaxLength ? bytes[..ByteMutator.MaxLength] : bytes;
    }

    private static void Once(DerNode root, DerNode donor, Random random)
    {
        var (parent, at) = Pick(root, random);
        var node = parent.Children[at];
        switch (random.Next(14))
        {
            case 0:
                node.Tag = [Tags[random.Next(Tags.Length)]];
                break;
            case 1:
                parent.Children.RemoveAt(at);
                if (root.Children.Count == 0)
                    root.Children.Add(node);
                break;
            case 2:
                parent.Children.Insert(at, node.Copy());
                break;
            case 3:
                parent.Children[at] = new DerNode([Tags[random.Next(Tags.Length)]], [], [node]);
                break;
            case 4:
                node.LengthForm = random.Next(1, 5);
                break;
            case 5:
                var (from, index) = Pick(donor, random);
                parent.Children[at] = from.Children[index].Copy();
                break;
            case 6:
                var (given, place) = Pick(donor, random);
                parent.Children.Insert(at, given.Children[place].Copy());
                break;
            case 7 when Size(node) < 2000:
                for (var i = 1 << random.Next(random.Next(20) == 0 ? 11 : 5); i > 0; i--)
                    parent.Children.Insert(at, node.Copy());
                break;
            case 8 when random.Next(20) == 0:
                Nest(parent, at, random);
                break;
            case 9:
                (parent.Children[at], parent.Children[^1]) = (parent.Children[^1], node);
                break;
            case 10:
                (node.Children, node.Content) = ([], Contents[random.Next(Contents.Length)]);
                break;
            default:
                if (node.Children.Count == 0)
                    node.Content = random.Next(3) == 0 ? Contents[random.Next(Contents.Length)] : ByteMutator.Mutate(node.Content, [], random, Contents);
                else
                    goto case 5;
                break;
        }
    }

    // Each level costs the writer a copy, so that the depth is bounded here and not by courage.
    private static void Nest(DerNode parent, int at, Random random)
    {
        var depth = 1 << random.Next(12);
        var output = new List<byte>();
        var length = 0;
        for (var i = 0; i < depth; i++)
        {
            byte[] header = length < 128 ? [0x30, (byte)length] : length < 65536 ? [0x30, 0x82, (byte)(length >> 8), (byte)(length & 255)] : [0x30, 0x83, (byte)(length >> 16), (byte)((length >> 8) & 255), (byte)(length & 255)];
            Array.Reverse(header);
            output.AddRange(header);
            length += header.Length;
        }
        output.Reverse();
        parent.Children[at] = new DerNode([0x30], [.. output], []);
    }

    private static int Size(DerNode node) => node.Content.Length + 4 + node.Children.Sum(Size);

    // Every element is as likely as every other: the inner ones, where the meaning is, are most.
    private static (DerNode Parent, int At) Pick(DerNode root, Random random)
    {
        var all = new List<(DerNode, int)>();
        Collect(root, all);
        return all[random.Next(all.Count)];
    }

    private static void Collect(DerNode node, List<(DerNode, int)> all)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            all.Add((node, i));
            Collect(node.Children[i], all);
        }
    }
}
