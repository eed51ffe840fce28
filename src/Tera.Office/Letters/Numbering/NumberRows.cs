using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tera.Office.Letters.Numbering;

/// <summary>Last number of one register: an agency's letters of one kind, in one year, of one unit.</summary>
internal sealed class NumberSeriesRow
{
    public required Guid AgencyId { get; init; }

    public required string Kind { get; init; }

    public required int Year { get; init; }

    public required Guid UnitId { get; init; }

    public required int Last { get; set; }
}

/// <summary>A line of the register. It is never deleted and its number never given again.</summary>
internal sealed class LetterNumberRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Kind { get; init; }

    public required int Year { get; init; }

    public required Guid UnitId { get; init; }

    public required int Seq { get; init; }

    public required Guid CaseId { get; init; }

    public required string Text { get; init; }

    public required string Classification { get; init; }

    public required string Hal { get; set; }

    public required NumberState State { get; set; }

    /// <summary>Why it was cancelled, in the words of who did.</summary>
    public string? Reason { get; set; }

    public required DateTimeOffset ReservedAt { get; init; }

    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>dipesan, tetap, batal.</summary>
internal enum NumberState
{
    Reserved = 0,
    Final = 1,
    Cancelled = 2,
}

/// <summary>How an agency writes the numbers of a kind; no row: the default of the kind.</summary>
internal sealed class NumberPatternRow
{
    public required Guid AgencyId { get; init; }

    public required string Kind { get; init; }

    public required string Pattern { get; set; }
}

/// <summary>How an agency abbreviates a unit in its numbers; no row: made from the unit's name.</summary>
internal sealed class UnitCodeRow
{
    public required Guid UnitId { get; init; }

    public required string Code { get; set; }
}

internal sealed class UnitCodeTable : IEntityTypeConfiguration<UnitCodeRow>
{
    public void Configure(EntityTypeBuilder<UnitCodeRow> builder)
    {
        builder.ToTable("letter_unit_codes");
        builder.HasKey(row => row.UnitId);
        builder.Property(row => row.Code).HasMaxLength(30);
    }
}

/// <summary>A line of the register of incoming applications (<c>agenda</c>).</summary>
internal sealed class AgendaRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required int Year { get; init; }

    public required int Seq { get; init; }

    public required Guid CaseId { get; init; }

    public required string Title { get; init; }

    public required string From { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class NumberSeriesTable : IEntityTypeConfiguration<NumberSeriesRow>
{
    public const string Name = "letter_number_series";

    public void Configure(EntityTypeBuilder<NumberSeriesRow> builder)
    {
        builder.ToTable(Name);
        builder.HasKey(row => new { row.AgencyId, row.Kind, row.Year, row.UnitId });
        builder.Property(row => row.AgencyId).HasColumnName("agency_id");
        builder.Property(row => row.Kind).HasColumnName("kind").HasMaxLength(30);
        builder.Property(row => row.Year).HasColumnName("year");
        builder.Property(row => row.UnitId).HasColumnName("unit_id");
        builder.Property(row => row.Last).HasColumnName("last");
    }
}

internal sealed class LetterNumberTable : IEntityTypeConfiguration<LetterNumberRow>
{
    public void Configure(EntityTypeBuilder<LetterNumberRow> builder)
    {
        builder.ToTable("letter_numbers");
        builder.Property(row => row.Kind).HasMaxLength(30);
        builder.Property(row => row.Text).HasMaxLength(200);
        builder.Property(row => row.Classification).HasMaxLength(40);
        builder.Property(row => row.Hal).HasMaxLength(500);
        builder.Property(row => row.Reason).HasMaxLength(1_000);
        builder.HasIndex(row => new { row.AgencyId, row.Kind, row.Year, row.UnitId, row.Seq }).IsUnique();
        builder.HasIndex(row => row.CaseId);
    }
}

internal sealed class NumberPatternTable : IEntityTypeConfiguration<NumberPatternRow>
{
    public void Configure(EntityTypeBuilder<NumberPatternRow> builder)
    {
        builder.ToTable("letter_number_patterns");
        builder.HasKey(row => new { row.AgencyId, row.Kind });
        builder.Property(row => row.Kind).HasMaxLength(30);
        builder.Property(row => row.Pattern).HasMaxLength(120);
    }
}

internal sealed class AgendaTable : IEntityTypeConfiguration<AgendaRow>
{
    public void Configure(EntityTypeBuilder<AgendaRow> builder)
    {
        builder.ToTable("letter_agenda");
        builder.Property(row => row.Title).HasMaxLength(300);
        builder.Property(row => row.From).HasMaxLength(200);
        builder.HasIndex(row => new { row.AgencyId, row.Year, row.Seq }).IsUnique();
        builder.HasIndex(row => row.CaseId).IsUnique();
    }
}
