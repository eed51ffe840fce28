using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tera.Office.Accounts;

internal sealed class AccountRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Lower case; see <see cref="Username"/>.</summary>
    public required string Username { get; init; }

    /// <summary>Name as shown; a copy, so that a request needs one query.</summary>
    public required string Name { get; set; }

    /// <summary>Names of roles, separated by spaces.</summary>
    public required string Roles { get; set; }

    public required string PasswordHash { get; set; }

    public bool Disabled { get; set; }
}

/// <summary>An open session; the token itself is not stored, so that a stolen database opens none.</summary>
internal sealed class SessionRow
{
    /// <summary>SHA-256 of the token, hex.</summary>
    public required string TokenHash { get; init; }

    public required Guid AccountId { get; init; }

    public required SessionKind Kind { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastSeen { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>
/// Wrong passwords in a row, by the hash of the name that was typed: names that no account has are counted like all others,
/// so that the answer does not tell which exist.
/// </summary>
internal sealed class LoginFailureRow
{
    public required string NameHash { get; init; }

    public required int Attempts { get; set; }

    public required DateTimeOffset LastAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}

internal sealed class AccountTable : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> builder)
    {
        builder.ToTable("acc_accounts");
        builder.Property(account => account.Username).HasMaxLength(Username.MaxLength);
        builder.Property(account => account.Name).HasMaxLength(160);
        builder.Property(account => account.Roles).HasMaxLength(200);
        builder.Property(account => account.PasswordHash).HasMaxLength(200);
        builder.HasIndex(account => account.Username).IsUnique();
        builder.HasIndex(account => account.AgencyId);
    }
}

internal sealed class SessionTable : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("acc_sessions");
        builder.HasKey(session => session.TokenHash);
        builder.Property(session => session.TokenHash).HasMaxLength(64);
        builder.Property(session => session.Kind).HasConversion<string>().HasMaxLength(10);
        builder.HasIndex(session => session.AccountId);
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasOne<AccountRow>().WithMany().HasForeignKey(session => session.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LoginFailureTable : IEntityTypeConfiguration<LoginFailureRow>
{
    public void Configure(EntityTypeBuilder<LoginFailureRow> builder)
    {
        builder.ToTable("acc_login_failures");
        builder.HasKey(failure => failure.NameHash);
        builder.Property(failure => failure.NameHash).HasMaxLength(64);
        builder.HasIndex(failure => failure.LastAt);
    }
}
