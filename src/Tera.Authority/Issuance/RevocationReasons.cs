using Tera.Authority.Requests;

namespace Tera.Authority.Issuance;

/// <summary>The reasons of RFC 5280 5.3.1 which the enrolment interface takes, by name and by number of CRLReason.</summary>
internal static class RevocationReasons
{
    private static readonly (string Name, int Number)[] Known =
    [
        ("unspecified", 0),
        ("keyCompromise", 1),
        ("affiliationChanged", 3),
        ("superseded", 4),
        ("cessationOfOperation", 5),
        ("privilegeWithdrawn", 9),
    ];

    public const int CessationOfOperation = 5;

    public static int Parse(string name)
    {
        foreach (var known in Known)
        {
            if (string.Equals(known.Name, name, StringComparison.Ordinal))
            {
                return known.Number;
            }
        }

        throw UnreadableRequestException.Because("reason must be one of " + string.Join(", ", Known.Select(x => x.Name)));
    }

    /// <summary>Null for a number that no revocation of ours has: certificateHold is a suspension.</summary>
    public static string? NameOf(int number) => Known.FirstOrDefault(x => x.Number == number).Name;
}
