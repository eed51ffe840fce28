using System.Formats.Asn1;

namespace Tera.Pki.Asn1;

/// <summary>The forms of a GeneralName (RFC 5280 4.2.1.6); the value is the number of its tag.</summary>
internal enum GeneralNameForm
{
    Other = 0,
    Email = 1,
    Dns = 2,
    X400 = 3,
    Directory = 4,
    EdiParty = 5,
    Uri = 6,
    IpAddress = 7,
    RegisteredId = 8,
}

/// <summary>A GeneralName. <see cref="Text"/> holds e-mail, DNS name and URI, <see cref="Octets"/> an IP address (with its mask in a constraint) or the encoding of the forms we do not compare.</summary>
internal sealed record GeneralName(GeneralNameForm Form, string Text, ReadOnlyMemory<byte> Octets, DistinguishedName? Directory)
{
    internal static GeneralName Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue is < 0 or > 8)
        {
            throw new AsnContentException("a GeneralName has an unknown form");
        }
        var form = (GeneralNameForm)tag.TagValue;
        return form switch
        {
            GeneralNameForm.Email or GeneralNameForm.Dns or GeneralNameForm.Uri =>
                new GeneralName(form, reader.ReadCharacterString(UniversalTagNumber.IA5String, Der.Context(tag.TagValue)), default, null),
            GeneralNameForm.Directory =>
                new GeneralName(form, "", default, DistinguishedName.Read(reader.ReadSequence(Der.Context(4, constructed: true)))),
            GeneralNameForm.IpAddress => new GeneralName(form, "", reader.ReadOctetString(Der.Context(7)), null),
            _ => new GeneralName(form, "", reader.ReadEncodedValue(), null),
        };
    }

    /// <summary>Reads the content of a SEQUENCE OF GeneralName.</summary>
    internal static IReadOnlyList<GeneralName> ReadAll(AsnReader sequence)
    {
        var names = new List<GeneralName>();
        while (sequence.HasData)
        {
            names.Add(Read(sequence));
        }
        return names;
    }

    /// <summary>True when both name the same thing: names by matching, other forms octet by octet.</summary>
    internal bool Matches(GeneralName other) => Form == other.Form && (Directory is { } own
        ? own.Equals(other.Directory)
        : Text == other.Text && Octets.Span.SequenceEqual(other.Octets.Span));
}
