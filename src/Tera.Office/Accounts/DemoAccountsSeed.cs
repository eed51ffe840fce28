using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Accounts;

/// <summary>Accounts of the demo agencies, all with the demo password.</summary>
internal sealed class DemoAccountsSeed(OfficeOptions options, PasswordCheck passwords, TimeProvider time) : IDatabaseSeed
{
    public int Order => 20;

    public async Task SeedAsync(OfficeDb db, CancellationToken cancellation)
    {
        if (!options.SeedDemoAgency || await db.Set<AccountRow>().AnyAsync(cancellation))
        {
            return;
        }

        using var password = new SecretText(Encoding.UTF8.GetBytes(DemoAgency.Password));
        db.AddRange(DemoPeople.All.AsParallel().AsOrdered().Select(person => new AccountRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            AgencyId = DemoAgencySeed.IdOf("agency", person.Agency),
            PersonId = DemoAgencySeed.IdOf("person", person.Code),
            Username = person.Code,
            Name = person.DisplayName,
            Roles = person.Role is { } role ? RoleNames.NameOf(role) : "",
            PasswordHash = passwords.Hash(password),
        }).ToList());
        await db.SaveChangesAsync(cancellation);
    }
}
