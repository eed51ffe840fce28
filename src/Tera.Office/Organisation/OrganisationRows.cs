using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tera.Office.Organisation;

internal sealed class AgencyRow
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string ShortName { get; set; }

    public required string Address { get; set; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; set; }
}

internal sealed class UnitRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Code { get; set; }

    public required string Name { get; set; }
}

internal sealed class PersonRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Name { get; set; }

    public required string DisplayName { get; set; }

    public string? Nip { get; set; }

    public string? Pangkat { get; set; }

    public string? Email { get; set; }
}

internal sealed class PositionRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required Guid UnitId { get; set; }

    /// <summary>The position above; null at the top of the agency's tree.</summary>
    public Guid? AboveId { get; set; }

    public required string Code { get; set; }

    /// <summary>Further codes by which SOPs call this position, separated by spaces.</summary>
    public required string LaneCodes { get; set; }

    public required string Name { get; set; }

    public required JobKind Kind { get; set; }

    public string? Eselon { get; set; }

    /// <summary>Eselon that this position equals where an SOP says "atau setingkatnya".</summary>
    public string? SetaraEselon { get; set; }

    /// <summary>Order among the positions of the agency.</summary>
    public required int Rank { get; set; }
}

/// <summary>One person in one position, from a day to a day (both included).</summary>
internal sealed class HoldingRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required Guid PositionId { get; init; }

    public required Guid PersonId { get; init; }

    public required HoldingKind Kind { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day; null: until further notice (only a definitive holder).</summary>
    public DateOnly? To { get; set; }

    /// <summary>Number of the surat perintah or SK; required of an acting official.</summary>
    public string? OrderNumber { get; init; }
}

internal sealed class AgencyTable : IEntityTypeConfiguration<AgencyRow>
{
    public void Configure(EntityTypeBuilder<AgencyRow> builder)
    {
        builder.ToTable("org_agencies");
        builder.Property(agency => agency.Name).HasMaxLength(200);
        builder.Property(agency => agency.ShortName).HasMaxLength(60);
        builder.Property(agency => agency.Address).HasMaxLength(300);
        builder.Property(agency => agency.Zone).HasMaxLength(60);
    }
}

internal sealed class UnitTable : IEntityTypeConfiguration<UnitRow>
{
    public void Configure(EntityTypeBuilder<UnitRow> builder)
    {
        builder.ToTable("org_units");
        builder.Property(unit => unit.Code).HasMaxLength(60);
        builder.Property(unit => unit.Name).HasMaxLength(200);
        builder.HasIndex(unit => new { unit.AgencyId, unit.Code }).IsUnique();
        builder.HasOne<AgencyRow>().WithMany().HasForeignKey(unit => unit.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PersonTable : IEntityTypeConfiguration<PersonRow>
{
    public void Configure(EntityTypeBuilder<PersonRow> builder)
    {
        builder.ToTable("org_persons");
        builder.Property(person => person.Name).HasMaxLength(120);
        builder.Property(person => person.DisplayName).HasMaxLength(160);
        builder.Property(person => person.Nip).HasMaxLength(18);
        builder.Property(person => person.Pangkat).HasMaxLength(60);
        builder.Property(person => person.Email).HasMaxLength(254);
        builder.HasIndex(person => new { person.AgencyId, person.Nip }).IsUnique();
        builder.HasOne<AgencyRow>().WithMany().HasForeignKey(person => person.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PositionTable : IEntityTypeConfiguration<PositionRow>
{
    public void Configure(EntityTypeBuilder<PositionRow> builder)
    {
        builder.ToTable("org_positions");
        builder.Property(position => position.Code).HasMaxLength(60);
        builder.Property(position => position.LaneCodes).HasMaxLength(200);
        builder.Property(position => position.Name).HasMaxLength(200);
        builder.Property(position => position.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(position => position.Eselon).HasMaxLength(6);
        builder.Property(position => position.SetaraEselon).HasMaxLength(6);
        builder.HasIndex(position => new { position.AgencyId, position.Code }).IsUnique();
        builder.HasOne<UnitRow>().WithMany().HasForeignKey(position => position.UnitId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PositionRow>().WithMany().HasForeignKey(position => position.AboveId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class HoldingTable : IEntityTypeConfiguration<HoldingRow>
{
    public void Configure(EntityTypeBuilder<HoldingRow> builder)
    {
        builder.ToTable("org_holdings");
        builder.Property(holding => holding.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(holding => holding.OrderNumber).HasMaxLength(120);
        builder.HasIndex(holding => holding.PersonId);
        builder.HasIndex(holding => holding.PositionId);
        builder.HasOne<PositionRow>().WithMany().HasForeignKey(holding => holding.PositionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(holding => holding.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
