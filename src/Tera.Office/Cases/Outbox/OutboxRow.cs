using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tera.Office.Cases.Outbox;

/// <summary>An effect to be done, written in the transaction of the event that asked for it, removed in the one that records its result.</summary>
internal sealed class OutboxRow
{
    /// <summary>Order of writing: effects of one step are done in it.</summary>
    public long Seq { get; init; }

    public required Guid CaseId { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Sop { get; init; }

    /// <summary>Case/step/visit/effect; one row at most has it.</summary>
    public required string EffectKey { get; init; }

    public required string Name { get; init; }

    public string? Argument { get; init; }

    public required string StepId { get; init; }

    public required int Visit { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    public required int Attempts { get; set; }

    /// <summary>The node that works on it, until <see cref="LeaseUntil"/>.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Kind of the last problem; never its message, which may quote a document.</summary>
    public string? LastProblem { get; set; }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("case_outbox");
        builder.HasKey(row => row.Seq);
        builder.Property(row => row.Seq).ValueGeneratedOnAdd();
        builder.Property(row => row.Sop).HasMaxLength(200);
        builder.Property(row => row.EffectKey).HasMaxLength(400);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Argument).HasMaxLength(200);
        builder.Property(row => row.StepId).HasMaxLength(100);
        builder.Property(row => row.LastProblem).HasMaxLength(200);
        builder.HasIndex(row => row.EffectKey).IsUnique();
        builder.HasIndex(row => row.DueAt);
        builder.HasIndex(row => row.CaseId);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>A reminder that an SOP set (<c>pengingat.pasang</c>): on its day a case of the named SOP opens for the same person.</summary>
internal sealed class ReminderRow
{
    /// <summary>Effect key that set it: set once.</summary>
    public required string Key { get; init; }

    public required Guid CaseId { get; init; }

    public required string OpensSop { get; init; }

    public required DateTimeOffset DueAt { get; set; }
}

internal sealed class ReminderTable : IEntityTypeConfiguration<ReminderRow>
{
    public void Configure(EntityTypeBuilder<ReminderRow> builder)
    {
        builder.ToTable("case_reminders");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Key).HasMaxLength(400);
        builder.Property(row => row.OpensSop).HasMaxLength(200);
        builder.HasIndex(row => row.DueAt);
    }
}
