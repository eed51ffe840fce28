using Tera.Pki.Asn1;

namespace Tera.Pki.Paths;

/// <summary>Whether a name lies within a subtree, form by form (RFC 5280 4.2.1.10).</summary>
internal static class NameMatching
{
    /// <summary>False for a form without rules, and for a URI without a host name: RFC 5280 4.2.1.10 has such names rejected where a constraint speaks of their form.</summary>
    internal static bool CanCompare(GeneralName name) => name.Form switch
    {
        GeneralNameForm.Directory or GeneralNameForm.Dns or GeneralNameForm.Email or GeneralNameForm.IpAddress => true,
        GeneralNameForm.Uri => HostOf(name.Text) is not null,
        _ => false,
    };

    internal static bool IsWithin(GeneralName name, GeneralName subtree) => name.Form switch
    {
        GeneralNameForm.Directory => name.Directory!.IsWithin(subtree.Directory!),
        GeneralNameForm.Dns => IsDnsWithin(name.Text, subtree.Text),
        GeneralNameForm.Email => IsEmailWithin(name.Text, subtree.Text),
        GeneralNameForm.Uri => IsUriWithin(name.Text, subtree.Text),
        GeneralNameForm.IpAddress => IsAddressWithin(name.Octets.Span, subtree.Octets.Span),
        _ => false,
    };

    /// <summary>Zero or more labels to the left of the constraint. A leading dot, which RFC 5280 does not give DNS names, asks for at least one.</summary>
    private static bool IsDnsWithin(string name, string subtree)
    {
        if (subtree.Length == 0)
        {
            return true;
        }
        var suffix = subtree.TrimStart('.');
        return (subtree[0] != '.' && name.Equals(suffix, StringComparison.OrdinalIgnoreCase))
            || name.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A mailbox, all mailboxes of a host, or with a leading dot those of the hosts below a domain. The local part is case-sensitive.</summary>
    private static bool IsEmailWithin(string address, string subtree)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return false;
        }
        var subtreeAt = subtree.LastIndexOf('@');
        var host = address[(at + 1)..];
        if (subtreeAt >= 0)
        {
            return address[..at] == subtree[..subtreeAt] && host.Equals(subtree[(subtreeAt + 1)..], StringComparison.OrdinalIgnoreCase);
        }
        return IsHostWithin(host, subtree);
    }

    private static bool IsUriWithin(string uri, string subtree) => HostOf(uri) is { } host && IsHostWithin(host, subtree);

    private static string? HostOf(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.HostNameType == UriHostNameType.Dns ? parsed.IdnHost : null;

    private static bool IsHostWithin(string host, string subtree) => subtree.StartsWith('.')
        ? host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase) && host.Length > subtree.Length
        : host.Equals(subtree, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address and a mask of the same length (RFC 4632).</summary>
    private static bool IsAddressWithin(ReadOnlySpan<byte> address, ReadOnlySpan<byte> subtree)
    {
        if (subtree.Length != address.Length * 2)
        {
            return false;
        }
        for (var i = 0; i < address.Length; i++)
        {
            var mask = subtree[address.Length + i];
            if ((address[i] & mask) != (subtree[i] & mask))
            {
                return false;
            }
        }
        return true;
    }
}
