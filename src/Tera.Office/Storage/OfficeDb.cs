using Microsoft.EntityFrameworkCore;

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
}
