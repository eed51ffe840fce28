using System.Net;
using System.Net.Sockets;

namespace Tera.Pki.Online;

/// <summary>Tells addresses of the public internet from those that mean something only where we stand (RFC 6890).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        // IPv4: this network, private use, shared, loopback, link-local, protocol assignments, documentation, 6to4 relays, benchmarking, multicast, reserved.
        .. Networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        // IPv6: unspecified, loopback and IPv4-compatible; NAT64; discard; protocol assignments with Teredo; documentation; 6to4; ULA; link- and site-local; multicast.
        .. Networks("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    ];

    internal static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !Array.Exists(Special, network => network.Contains(plain));
    }

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(n => IPNetwork.Parse(n));
}
