namespace Tera.Fuzz.Mutators;

/// <summary>An element of a TLV tree, read leniently and written with lengths that fit, or that lie when told to.</summary>
internal sealed class DerNode(byte[] tag, byte[] content, List<DerNode> children)
{
    public byte[] Tag { get; set; } = tag;

    /// <summary>The content of an element without children.</summary>
    public byte[] Content { get; set; } = content;

    public List<DerNode> Children { get; set; } = children;

    /// <summary>How the length is written: 0 DER, 1 indefinite, 2 long form with leading zeros, 3 one too many, 4 huge.</summary>
    public int LengthForm { get; set; }

    public static List<DerNode>? ReadAll(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        var nodes = new List<DerNode>();
        while (bytes.Length > 0)
        {
            if (depth > 40 || nodes.Count > 20_000 || Read(ref bytes, depth) is not { } node)
                return null;
            nodes.Add(node);
        }
        return nodes;
    }

    public DerNode Copy() => new(Tag, Content, [.. Children.Select(c => c.Copy())]) { LengthForm = LengthForm };

    public void WriteTo(MemoryStream output)
    {
        byte[] body;
        if (Children.Count > 0)
        {
            var inner = new MemoryStream();
            foreach (var child in Children)
                child.WriteTo(inner);
            body = inner.ToArray();
        }
        else
        {
            body = Content;
        }
        output.Write(Tag);
        WriteLength(output, body.Length);
        output.Write(body);
        if (LengthForm == 1)
            output.Write([0, 0]);
    }

    private void WriteLength(MemoryStream output, int length)
    {
        switch (LengthForm)
        {
            case 1:
                output.WriteByte(0x80);
                break;
            case 2:
                output.Write([0x84, (byte)(length >> 24), (byte)((length >> 16) & 255), (byte)((length >> 8) & 255), (byte)(length & 255)]);
                break;
            case 4:
                output.Write([0x84, 0x7F, 0xFF, 0xFF, 0xFF]);
                break;
            default:
                var stated = LengthForm == 3 ? length + 1 : length;
                if (stated < 128)
                    output.WriteByte((byte)stated);
                else if (stated < 256)
                    output.Write([0x81, (byte)stated]);
                else if (stated < 65536)
                    output.Write([0x82, (byte)(stated >> 8), (byte)(stated & 255)]);
                else
                    output.Write([0x83, (byte)((stated >> 16) & 255), (byte)((stated >> 8) & 255), (byte)(stated & 255)]);
                break;
        }
    }

    private static DerNode? Read(ref ReadOnlySpan<byte> bytes, int depth)
    {
        var tagLength = 1;
        if ((bytes[0] & 0x1F) == 0x1F)
        {
            while (tagLength < bytes.Length && tagLength < 6 && (bytes[tagLength] & 0x80) != 0)
                tagLength++;
            tagLength++;
        }
        if (bytes.Length < tagLength + 1)
            return null;
        int length = bytes[tagLength];
        var header = tagLength + 1;
        if (length > 0x83)
            return null;
        if (length > 0x80)
        {
            var count = length & 0x7F;
            if (bytes.Length < header + count)
                return null;
            length = 0;
            for (var i = 0; i < count; i++)
                length = (length << 8) | bytes[header + i];
            header += count;
        }
        else if (length == 0x80)
        {
            return null;
        }
        if (length > bytes.Length - header)
            return null;
        var tag = bytes[..tagLength].ToArray();
        var content = bytes.Slice(header, length);
        bytes = bytes[(header + length)..];
        // Octet and bit strings often hold an encoding themselves; it is opened where it reads.
        var inner = (tag[0] & 0x20) != 0 || (tag[0] == 0x04 && length > 2) ? ReadAll(content, depth + 1) : null;
        return inner is { Count: > 0 } ? new DerNode(tag, [], inner) : new DerNode(tag, content.ToArray(), []);
    }
}
