using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tera.Authority.Databases;

/// <summary>The authority's own database, one model for SQLite and PostgreSQL.</summary>
internal sealed class AuthorityDb(DbContextOptions<AuthorityDb> options) : DbContext(options)
{
    public DbSet<CertificateRow> Certificates => Set<CertificateRow>();

    public DbSet<AuthorityKeyRow> AuthorityKeys => Set<AuthorityKeyRow>();

    public DbSet<CredentialRow> Credentials => Set<CredentialRow>();

    public DbSet<ActivationRow> Activations => Set<ActivationRow>();

    public DbSet<AuthorisedHashRow> AuthorisedHashes => Set<AuthorisedHashRow>();

    public DbSet<AccessTokenRow> AccessTokens => Set<AccessTokenRow>();

    public DbSet<CounterRow> Counters => Set<CounterRow>();

    public DbSet<CrlRow> Crls => Set<CrlRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot compare its texts of DateTimeOffset; a number of milliseconds is the same on both.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CertificateRow>(row =>
        {
            row.ToTable("certificates").HasKey(x => x.SerialNumber);
            row.HasIndex(x => new { x.Issuer, x.Standing });
            row.Property(x => x.SerialNumber).HasMaxLength(40);
            row.Property(x => x.Issuer).HasMaxLength(16);
            row.Property(x => x.Profile).HasMaxLength(16);
        });
        modelBuilder.Entity<AuthorityKeyRow>(row =>
        {
            row.ToTable("authority_keys").HasKey(x => x.SerialNumber);
            row.HasIndex(x => new { x.Role, x.NotAfter });
            row.Property(x => x.SerialNumber).HasMaxLength(40);
            row.Property(x => x.Role).HasMaxLength(16);
        });
        modelBuilder.Entity<CredentialRow>(row =>
        {
            row.ToTable("credentials").HasKey(x => x.Id);
            row.HasIndex(x => new { x.ClientId, x.SubjectId });
            row.HasIndex(x => new { x.ClientId, x.IdempotencyKey }).IsUnique();
            row.HasOne(x => x.Certificate).WithOne().HasForeignKey<CredentialRow>(x => x.SerialNumber).OnDelete(DeleteBehavior.Restrict);
            row.Property(x => x.Id).HasMaxLength(40);
            row.Property(x => x.ClientId).HasMaxLength(64);
            row.Property(x => x.SubjectId).HasMaxLength(64);
            row.Property(x => x.SerialNumber).HasMaxLength(40);
            row.Property(x => x.IdempotencyKey).HasMaxLength(128);
            row.Ignore(x => x.Kdf).Ignore(x => x.Owner);
        });
        MapSigning(modelBuilder);
        MapLogs(modelBuilder);
    }

    private static void MapSigning(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ActivationRow>(row =>
        {
            row.ToTable("activations").HasKey(x => x.HandleHash);
            row.HasIndex(x => x.ExpiresAt);
            row.HasIndex(x => x.CredentialId);
            row.Property(x => x.HandleHash).HasMaxLength(64);
            row.Property(x => x.CredentialId).HasMaxLength(40);
            row.Property(x => x.ClientId).HasMaxLength(64);
            row.Property(x => x.HashAlgorithmOid).HasMaxLength(64);
        });
        modelBuilder.Entity<AuthorisedHashRow>(row =>
        {
            row.ToTable("authorised_hashes").HasKey(x => new { x.HandleHash, x.Ordinal });
            row.Property(x => x.HandleHash).HasMaxLength(64);
            row.Property(x => x.Hash).HasMaxLength(128);
        });
        modelBuilder.Entity<AccessTokenRow>(row =>
        {
            row.ToTable("access_tokens").HasKey(x => x.TokenHash);
            row.HasIndex(x => x.ExpiresAt);
            row.Property(x => x.TokenHash).HasMaxLength(64);
            row.Property(x => x.ClientId).HasMaxLength(64);
            row.Property(x => x.Scope).HasMaxLength(255);
        });
    }

    private static void MapLogs(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CounterRow>(row => row.ToTable("counters").HasKey(x => x.Name));
        modelBuilder.Entity<CrlRow>(row => row.ToTable("crls").HasKey(x => new { x.Issuer, x.Number }));
        modelBuilder.Entity<AuditRow>(row =>
        {
            row.ToTable("audit").HasKey(x => x.Sequence);
            row.Property(x => x.Sequence).ValueGeneratedNever();
        });
        modelBuilder.Entity<AuditHeadRow>(row =>
        {
            row.ToTable("audit_head").HasKey(x => x.Id);
            row.Property(x => x.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<CrlRow>().Property(x => x.Number).ValueGeneratedNever();
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
