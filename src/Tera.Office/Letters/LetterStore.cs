using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>The slice's own rows, read and written within the caller's unit of work.</summary>
internal sealed class LetterStore(TimeProvider time)
{
    // Crockford's base 32: no letter that is mistaken for a digit when a code is typed from paper.
    private const string CodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 16;

    public DateTimeOffset Now => time.GetUtcNow();

    public static Task<LetterRow?> FindAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) =>
        db.Set<LetterRow>().FirstOrDefaultAsync(row => row.CaseId == caseId, cancellation);

    public async Task<LetterRow> FindOrAddAsync(OfficeDb db, Guid caseId, Guid agencyId, CancellationToken cancellation)
    {
        if (await FindAsync(db, caseId, cancellation) is { } there)
        {
            return there;
        }

        var row = new LetterRow
        {
            CaseId = caseId,
            AgencyId = agencyId,
            Code = RandomNumberGenerator.GetString(CodeAlphabet, CodeLength),
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(row);
        return row;
    }

    public static Task<LetterVersionRow?> FindVersionAsync(OfficeDb db, string key, CancellationToken cancellation) =>
        db.Set<LetterVersionRow>().FirstOrDefaultAsync(version => version.Key == key, cancellation);

    public async Task AddVersionAsync(OfficeDb db, LetterRow letter, string kind, Sha256Digest hash, long length, string madeBy, string key, CancellationToken cancellation)
    {
        int saved = await db.Set<LetterVersionRow>().Where(version => version.CaseId == letter.CaseId).MaxAsync(version => (int?)version.Seq, cancellation) ?? 0;
        int added = db.Set<LetterVersionRow>().Local.Where(version => version.CaseId == letter.CaseId).Select(version => version.Seq).DefaultIfEmpty(0).Max();
        db.Add(new LetterVersionRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            CaseId = letter.CaseId,
            Seq = Math.Max(saved, added) + 1,
            Kind = kind,
            Hash = hash,
            Length = length,
            MadeBy = madeBy,
            At = time.GetUtcNow(),
            Key = key,
        });
        letter.LastVersion = hash;
    }

    public static LetterRegistration? RegistrationOf(LetterRow row) => row.Registration is { } json ? ReadRegistration(json) : null;

    public static LetterRegistration ReadRegistration(string json) =>
        JsonSerializer.Deserialize<LetterRegistration>(json, JsonSerializerOptions.Web) ?? throw new InvalidDataException("A stored registration is empty.");

    public static string Write(LetterRegistration registration) => JsonSerializer.Serialize(registration, JsonSerializerOptions.Web);
}
