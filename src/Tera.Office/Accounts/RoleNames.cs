namespace Tera.Office.Accounts;

/// <summary>How SOP files and the database write a <see cref="Role"/>: <c>peran(operator_bsre)</c>.</summary>
internal static class RoleNames
{
    public static string NameOf(Role role) => role switch
    {
        Role.Admin => "admin",
        Role.Verifikator => "verifikator",
        Role.OperatorBsre => "operator_bsre",
        Role.Arsiparis => "arsiparis",
        Role.Auditor => "auditor",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static Role? TryParse(string name) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => NameOf(role!.Value) == name);

    public static string Join(IEnumerable<Role> roles) => string.Join(' ', roles.Select(NameOf).Order(StringComparer.Ordinal));

    public static IReadOnlySet<Role> Split(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TryParse).OfType<Role>().ToHashSet();
}
