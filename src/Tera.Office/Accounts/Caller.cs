namespace Tera.Office.Accounts;

/// <summary>The signed-in person, as every slice sees them. Built from the session by the Accounts slice; never from a request's fields.</summary>
public sealed record Caller(Guid AccountId, Guid PersonId, Guid AgencyId, string Name, IReadOnlySet<Role> Roles);

/// <summary>What an account may do beyond the positions its person holds.</summary>
public enum Role
{
    /// <summary>Organisation, accounts, templates, calendars.</summary>
    Admin,

    /// <summary>Registration officer: checks applications for certificates.</summary>
    Verifikator,

    /// <summary>Second person at the authority.</summary>
    OperatorBsre,

    /// <summary>Registers, dispatch, classification.</summary>
    Arsiparis,

    /// <summary>Reads everything of the agency, changes nothing.</summary>
    Auditor,
}
