using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tera.Office.Notifications;

/// <summary>A line of the mail log. It has no body: what was sent is the letter, and the letter has its own place.</summary>
internal sealed class MailRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Key { get; init; }

    public required string To { get; init; }

    public required string Subject { get; init; }

    /// <summary>Same at every attempt: a server that got it twice can tell.</summary>
    public required string MessageId { get; init; }

    /// <summary>queued, sending, sent, failed.</summary>
    public required string State { get; set; }

    public required int Attempts { get; set; }

    public string? Problem { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }
}

internal sealed class NoticeRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    public required Guid PersonId { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public string? Link { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}

internal sealed class MailTable : IEntityTypeConfiguration<MailRow>
{
    public void Configure(EntityTypeBuilder<MailRow> builder)
    {
        builder.ToTable("mails");
        builder.Property(row => row.Key).HasMaxLength(450);
        builder.Property(row => row.To).HasMaxLength(254);
        builder.Property(row => row.Subject).HasMaxLength(600);
        builder.Property(row => row.MessageId).HasMaxLength(200);
        builder.Property(row => row.State).HasMaxLength(20);
        builder.Property(row => row.Problem).HasMaxLength(300);
        builder.HasIndex(row => row.Key).IsUnique();
    }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> builder)
    {
        builder.ToTable("notices");
        builder.Property(row => row.Key).HasMaxLength(450);
        builder.Property(row => row.Title).HasMaxLength(400);
        builder.Property(row => row.Text).HasMaxLength(1_000);
        builder.Property(row => row.Link).HasMaxLength(300);
        builder.HasIndex(row => row.Key).IsUnique();
        builder.HasIndex(row => new { row.PersonId, row.At });
    }
}
