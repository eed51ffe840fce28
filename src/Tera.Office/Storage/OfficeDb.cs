using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tera.Office.Storage;

/// <summary>
/// The office's one relational store. It knows no table itself: each slice keeps its entities and their
/// <see cref="IEntityTypeConfiguration{TEntity}"/> in its own folder and reaches only its own through <c>Set&lt;T&gt;()</c>.
/// One context is one unit of work: slices that act in one command share it and its transaction.
/// </summary>
public sealed class OfficeDb(DbContextOptions<OfficeDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OfficeDb).Assembly);

    /// <summary>
    /// An instant is its UTC ticks on both databases: SQLite has no type that sorts instants of different offsets, and PostgreSQL's
    /// keeps microseconds only, so that a value read back would differ from the one written.
    /// </summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Sha256Digest>().HaveConversion<DigestHex>().HaveMaxLength(64);
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class DigestHex() : ValueConverter<Sha256Digest, string>(
        digest => digest.Hex,
        hex => Sha256Digest.Parse(hex));
}
