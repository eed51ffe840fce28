using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Audit;
using Tera.Authority.Databases;

namespace Tera.Authority.Access;

/// <summary>Who calls, and what the token allows.</summary>
internal sealed record Caller(string ClientId, IReadOnlyList<string> Scopes);

internal sealed record IssuedToken(string Token, TimeSpan Lifetime, string Scope);

/// <summary>Opaque bearer tokens (RFC 6750). The database has their hashes only, so a dump of it opens nothing.</summary>
internal sealed class AccessTokens(
    IDbContextFactory<AuthorityDb> databases, ClientRegistry clients, AuditLog audit, AuthorityOptions options, TimeProvider time)
{
    private const int TokenLength = 32;

    public async Task<IssuedToken> IssueAsync(AuthorityClient client, IReadOnlyList<string> scopes, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenLength));
        var scope = string.Join(' ', scopes);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.AccessTokens.Add(new AccessTokenRow
        {
            TokenHash = HashOf(token), ClientId = client.ClientId, Scope = scope, ExpiresAt = time.GetUtcNow() + options.TokenLifetime,
        });
        await audit.AppendAsync(db, [new AuditEntry(AuditAct.TokenIssued, client.ClientId, client.ClientId, scope)], cancellation);
        await transaction.CommitAsync(cancellation);
        return new IssuedToken(token, options.TokenLifetime, scope);
    }

    /// <summary>Null when the token is unknown or expired, or its client is no longer configured.</summary>
    public async Task<Caller?> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = HashOf(token);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(x => x.TokenHash == hash, cancellation);
        return row is not null && row.ExpiresAt > time.GetUtcNow() && clients.Find(row.ClientId) is { } client
            ? new Caller(row.ClientId, [.. row.Scope.Split(' ').Intersect(client.Scopes, StringComparer.Ordinal)])
            : null;
    }

    public async Task RevokeAsync(AuthorityClient client, string token, CancellationToken cancellation)
    {
        var hash = HashOf(token);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccessTokens.Where(x => x.TokenHash == hash && x.ClientId == client.ClientId).ExecuteDeleteAsync(cancellation);
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
