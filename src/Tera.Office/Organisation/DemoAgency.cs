namespace Tera.Office.Organisation;

/// <summary>
/// A made-up regency for a trial, and a second one to show that agencies do not see each other. No name, number or address is anyone's.
/// The username of an account is the code of its position.
/// </summary>
public static class DemoAgency
{
    public const string Name = "Pemerintah Kabupaten Arunika";

    /// <summary>The same for all demo accounts; shown on the login page of a trial.</summary>
    public const string Password = "arunika-demo-2026";

    /// <summary>Unlocks the signing keys of all demo officials.</summary>
    public const string Passphrase = "contoh frasa sandi arunika";

    /// <summary>Accounts in the order of the login page.</summary>
    public static IReadOnlyList<DemoAccount> Accounts { get; } = DemoPeople.All.Select(person => person.Account).ToList();
}

/// <param name="Signs">The person gives paraf or TTE and has a signing credential.</param>
public sealed record DemoAccount(string Username, string PersonName, string PositionName, string AgencyName, bool Signs);
