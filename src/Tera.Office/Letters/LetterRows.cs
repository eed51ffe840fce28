using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>The letter of one case, as it stands now. What it was before is in its versions.</summary>
internal sealed class LetterRow
{
    public required Guid CaseId { get; init; }

    public required Guid AgencyId { get; init; }

    /// <summary>Behind the QR: 80 random bits, so that nobody finds letters by trying.</summary>
    public required string Code { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? TemplateId { get; set; }

    /// <summary>Uploaded, but the step is not done yet.</summary>
    public Sha256Digest? StagedDraft { get; set; }

    public string? StagedFileName { get; set; }

    /// <summary>Who uploaded it: what a verifier staged and did not submit is not taken over by the drafter's next act.</summary>
    public Guid? StagedBy { get; set; }

    /// <summary>Registration form as JSON, not yet done.</summary>
    public string? StagedRegistration { get; set; }

    /// <summary>The draft that this person uploaded for the open step, or null.</summary>
    public Sha256Digest? StagedDraftOf(Guid person) => StagedBy == person ? StagedDraft : null;

    public Sha256Digest? Draft { get; set; }

    public string? DraftFileName { get; set; }

    public string? Registration { get; set; }

    public Guid? NumberId { get; set; }

    /// <summary>What the current PDF was made of: draft, values, merged docx, day, signer.</summary>
    public Sha256Digest? RenderedDraft { get; set; }

    public string? RenderedValues { get; set; }

    public DateOnly? PrintedDate { get; set; }

    public Guid? PrintedSigner { get; set; }

    public Sha256Digest? CurrentPdf { get; set; }

    /// <summary>The version that the case knows last; a new one names it as the one before.</summary>
    public Sha256Digest? LastVersion { get; set; }

    /// <summary>How an equivalent rendering was proved, until the case has recorded it.</summary>
    public string? EquivalenceProof { get; set; }

    /// <summary>Somebody signed the current PDF, if only with a paraf: its bytes can only grow from here.</summary>
    public bool Sealed { get; set; }

    /// <summary>The signer signed.</summary>
    public bool Signed { get; set; }

    public DateTimeOffset? SignedAt { get; set; }
}

internal sealed class LetterVersionRow
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required int Seq { get; init; }

    /// <summary>docx, pdf, bidang (PDF with fields), setara (equivalent rendering), paraf, ttd.</summary>
    public required string Kind { get; init; }

    public required Sha256Digest Hash { get; init; }

    public required long Length { get; init; }

    public required string MadeBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The effect that made it; the same effect again finds its work done.</summary>
    public required string Key { get; init; }
}

/// <summary>A signature field of the current PDF and whose it is.</summary>
internal sealed class LetterFieldRow
{
    public required Guid CaseId { get; init; }

    public required string Name { get; init; }

    public required Guid PositionId { get; set; }

    public required bool Paraf { get; set; }
}

internal sealed class LetterTable : IEntityTypeConfiguration<LetterRow>
{
    public void Configure(EntityTypeBuilder<LetterRow> builder)
    {
        builder.ToTable("letters");
        builder.HasKey(row => row.CaseId);
        builder.Property(row => row.Code).HasMaxLength(32);
        builder.HasIndex(row => row.Code).IsUnique();
        builder.Property(row => row.TemplateId).HasMaxLength(60);
        builder.Property(row => row.StagedFileName).HasMaxLength(200);
        builder.Property(row => row.DraftFileName).HasMaxLength(200);
        builder.HasIndex(row => new { row.AgencyId, row.CreatedAt });
    }
}

internal sealed class LetterVersionTable : IEntityTypeConfiguration<LetterVersionRow>
{
    public void Configure(EntityTypeBuilder<LetterVersionRow> builder)
    {
        builder.ToTable("letter_versions");
        builder.Property(row => row.Kind).HasMaxLength(20);
        builder.Property(row => row.MadeBy).HasMaxLength(220);
        builder.Property(row => row.Key).HasMaxLength(450);
        builder.HasIndex(row => row.Key).IsUnique();
        builder.HasIndex(row => new { row.CaseId, row.Seq }).IsUnique();
        builder.HasIndex(row => row.Hash);
    }
}

internal sealed class LetterFieldTable : IEntityTypeConfiguration<LetterFieldRow>
{
    public void Configure(EntityTypeBuilder<LetterFieldRow> builder)
    {
        builder.ToTable("letter_fields");
        builder.HasKey(row => new { row.CaseId, row.Name });
        builder.Property(row => row.Name).HasMaxLength(80);
    }
}
