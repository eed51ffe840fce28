using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tera.Office.Cases;

/// <summary>One running or ended case. Its truth is in the events; everything here can be made from them again.</summary>
internal sealed class CaseRow
{
    public required Guid Id { get; init; }

    public required Guid AgencyId { get; init; }

    /// <summary>Unit in which it was started.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>Person who started it; for a case the system opened, the person it is about.</summary>
    public required Guid StarterId { get; init; }

    public required string Sop { get; init; }

    public required string SopName { get; init; }

    /// <summary>The definition it keeps until its end.</summary>
    public required string DefinitionHash { get; init; }

    public required string Title { get; init; }

    /// <summary>Number of its events; every writer moves it on from the one it read.</summary>
    public required long Version { get; set; }

    /// <summary>Snapshot of the folded events.</summary>
    public required string State { get; set; }

    /// <summary><c>berjalan</c>, or the end state.</summary>
    public required string Status { get; set; }

    /// <summary>Wording of the open step; empty when it has ended.</summary>
    public required string WaitingFor { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LastChange { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Key of the sub-case request of the calling case that this one answers, or null.</summary>
    public string? Parent { get; init; }
}

internal sealed class CaseEventRow
{
    public required Guid CaseId { get; init; }

    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Json { get; init; }
}

/// <summary>Name and post of a person as they acted, frozen: people move on, the record stays.</summary>
internal sealed class CaseActorRow
{
    public required Guid CaseId { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid PositionId { get; init; }

    public required string Name { get; set; }

    /// <summary>With "Plh." or "Plt." before it where they stood in.</summary>
    public required string PositionName { get; set; }
}

/// <summary>An open task, for inboxes and timers.</summary>
internal sealed class CaseTaskRow
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required Guid AgencyId { get; init; }

    public required string StepId { get; init; }

    public required int Visit { get; init; }

    public int? Member { get; init; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? Due { get; init; }

    /// <summary>A person does it; false for a wait, which only has a timer.</summary>
    public required bool Human { get; init; }

    /// <summary>When the system must act by itself (<c>batas</c>, <c>sampai</c>).</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>Nobody could be found for the lane; looked at again from time to time.</summary>
    public bool Vacant { get; set; }
}

/// <summary>Who may do a task: a position (whoever holds it today), a person, or a role.</summary>
internal sealed class CaseCandidateRow
{
    public required Guid TaskId { get; init; }

    /// <summary><c>p:</c>position id, <c>o:</c>person id, <c>r:</c>role name.</summary>
    public required string Who { get; init; }
}

/// <summary>The text of a definition, by hash: a running case keeps the one it began with when the file changes.</summary>
internal sealed class CaseDefinitionRow
{
    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>A form that was sent: the same key again answers as the first time.</summary>
internal sealed class CaseRequestRow
{
    public required Guid AccountId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked: one key for two different requests is a mistake of the client.</summary>
    public required string Fingerprint { get; init; }

    public required Guid CaseId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What a person entered in a form of the SOP; the events only refer to it.</summary>
internal sealed class CaseFormRow
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required string StepId { get; init; }

    public required string Berkas { get; init; }

    /// <summary>Fields and values as JSON; encrypted when the SOP says that the document holds personal data.</summary>
    public required string Content { get; init; }

    public required bool Protected { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class CaseTable : IEntityTypeConfiguration<CaseRow>
{
    public void Configure(EntityTypeBuilder<CaseRow> builder)
    {
        builder.ToTable("cases");
        builder.Property(row => row.Sop).HasMaxLength(200);
        builder.Property(row => row.SopName).HasMaxLength(300);
        builder.Property(row => row.DefinitionHash).HasMaxLength(64);
        builder.Property(row => row.Title).HasMaxLength(300);
        builder.Property(row => row.Status).HasMaxLength(60);
        builder.Property(row => row.Parent).HasMaxLength(400);
        builder.HasIndex(row => new { row.AgencyId, row.LastChange });
        builder.HasIndex(row => row.StarterId);
        builder.HasIndex(row => row.Parent).IsUnique();
    }
}

internal sealed class CaseEventTable : IEntityTypeConfiguration<CaseEventRow>
{
    public void Configure(EntityTypeBuilder<CaseEventRow> builder)
    {
        builder.ToTable("case_events");
        builder.HasKey(row => new { row.CaseId, row.Seq });
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CaseActorTable : IEntityTypeConfiguration<CaseActorRow>
{
    public void Configure(EntityTypeBuilder<CaseActorRow> builder)
    {
        builder.ToTable("case_actors");
        builder.HasKey(row => new { row.CaseId, row.PersonId, row.PositionId });
        builder.Property(row => row.Name).HasMaxLength(160);
        builder.Property(row => row.PositionName).HasMaxLength(220);
        builder.HasIndex(row => row.PersonId);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CaseTaskTable : IEntityTypeConfiguration<CaseTaskRow>
{
    public void Configure(EntityTypeBuilder<CaseTaskRow> builder)
    {
        builder.ToTable("case_tasks");
        builder.Property(row => row.StepId).HasMaxLength(100);
        builder.HasIndex(row => row.CaseId);
        builder.HasIndex(row => row.WakeAt);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CaseCandidateTable : IEntityTypeConfiguration<CaseCandidateRow>
{
    public void Configure(EntityTypeBuilder<CaseCandidateRow> builder)
    {
        builder.ToTable("case_candidates");
        builder.HasKey(row => new { row.TaskId, row.Who });
        builder.Property(row => row.Who).HasMaxLength(80);
        builder.HasIndex(row => row.Who);
        builder.HasOne<CaseTaskRow>().WithMany().HasForeignKey(row => row.TaskId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CaseDefinitionTable : IEntityTypeConfiguration<CaseDefinitionRow>
{
    public void Configure(EntityTypeBuilder<CaseDefinitionRow> builder)
    {
        builder.ToTable("case_definitions");
        builder.HasKey(row => row.Hash);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.Name).HasMaxLength(200);
    }
}

internal sealed class CaseRequestTable : IEntityTypeConfiguration<CaseRequestRow>
{
    public void Configure(EntityTypeBuilder<CaseRequestRow> builder)
    {
        builder.ToTable("case_requests");
        builder.HasKey(row => new { row.AccountId, row.Key });
        builder.Property(row => row.Key).HasMaxLength(128);
        builder.Property(row => row.Fingerprint).HasMaxLength(64);
        builder.HasIndex(row => row.At);
    }
}

internal sealed class CaseFormTable : IEntityTypeConfiguration<CaseFormRow>
{
    public void Configure(EntityTypeBuilder<CaseFormRow> builder)
    {
        builder.ToTable("case_forms");
        builder.Property(row => row.StepId).HasMaxLength(100);
        builder.Property(row => row.Berkas).HasMaxLength(100);
        builder.HasIndex(row => row.CaseId);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}
