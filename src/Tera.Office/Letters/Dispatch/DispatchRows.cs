using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Dispatch;

/// <summary>One addressee of a letter and how far it got.</summary>
internal sealed class LetterDispatchRow
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>internal, external.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Position id, or mail address.</summary>
    public required string Target { get; init; }

    /// <summary>antre, terkirim, gagal.</summary>
    public required string State { get; set; }

    public string? Problem { get; set; }

    public DateTimeOffset? At { get; set; }
}

/// <summary>A letter in the received-letters inbox of a position.</summary>
internal sealed class ReceivedLetterRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required Guid PositionId { get; init; }

    public required Guid CaseId { get; init; }

    public required string Number { get; init; }

    public required string Hal { get; init; }

    public required string From { get; init; }

    public required Sha256Digest Pdf { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>A named list of addressees of an agency.</summary>
internal sealed class RecipientGroupRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Name { get; init; }

    /// <summary>Addressees as JSON, each internal or external.</summary>
    public required string Members { get; set; }
}

internal sealed class LetterDispatchTable : IEntityTypeConfiguration<LetterDispatchRow>
{
    public void Configure(EntityTypeBuilder<LetterDispatchRow> builder)
    {
        builder.ToTable("letter_dispatches");
        builder.Property(row => row.Kind).HasMaxLength(20);
        builder.Property(row => row.Name).HasMaxLength(200);
        builder.Property(row => row.Target).HasMaxLength(254);
        builder.Property(row => row.State).HasMaxLength(20);
        builder.Property(row => row.Problem).HasMaxLength(500);
        builder.HasIndex(row => new { row.CaseId, row.Kind, row.Target }).IsUnique();
    }
}

internal sealed class ReceivedLetterTable : IEntityTypeConfiguration<ReceivedLetterRow>
{
    public void Configure(EntityTypeBuilder<ReceivedLetterRow> builder)
    {
        builder.ToTable("letter_received");
        builder.Property(row => row.Number).HasMaxLength(200);
        builder.Property(row => row.Hal).HasMaxLength(500);
        builder.Property(row => row.From).HasMaxLength(200);
        builder.HasIndex(row => new { row.PositionId, row.CaseId }).IsUnique();
    }
}

internal sealed class RecipientGroupTable : IEntityTypeConfiguration<RecipientGroupRow>
{
    public void Configure(EntityTypeBuilder<RecipientGroupRow> builder)
    {
        builder.ToTable("letter_groups");
        builder.Property(row => row.Name).HasMaxLength(200);
        builder.HasIndex(row => new { row.AgencyId, row.Name }).IsUnique();
    }
}
