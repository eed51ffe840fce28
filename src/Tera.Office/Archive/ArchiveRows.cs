using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tera.Office.Storage;

namespace Tera.Office.Archive;

/// <summary>A signed letter in the archive.</summary>
internal sealed class ArchiveRow
{
    public required Guid CaseId { get; init; }

    public required Guid AgencyId { get; init; }

    public required string Number { get; init; }

    public required string Kind { get; init; }

    public required string Hal { get; init; }

    public required string Classification { get; init; }

    public required string Sifat { get; init; }

    public required DateOnly Date { get; init; }

    public required Sha256Digest Pdf { get; init; }

    public required long Length { get; init; }

    /// <summary>Number, subject and code in small letters: the two databases fold letters differently.</summary>
    public required string Search { get; init; }

    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>Retention as the agency's JRA says it; empty until the agency has entered one for the code (UU 43/2009 art. 48).</summary>
    public string? RetensiAktif { get; set; }

    public string? RetensiInaktif { get; set; }

    /// <summary>Musnah, Permanen, Dinilai Kembali.</summary>
    public string? NasibAkhir { get; set; }

    /// <summary>The event from which the periods run.</summary>
    public DateOnly? RetensiSejak { get; set; }
}

internal sealed class ArchiveTable : IEntityTypeConfiguration<ArchiveRow>
{
    public void Configure(EntityTypeBuilder<ArchiveRow> builder)
    {
        builder.ToTable("archive");
        builder.HasKey(row => row.CaseId);
        builder.Property(row => row.Number).HasMaxLength(200);
        builder.Property(row => row.Kind).HasMaxLength(30);
        builder.Property(row => row.Hal).HasMaxLength(500);
        builder.Property(row => row.Classification).HasMaxLength(40);
        builder.Property(row => row.Sifat).HasMaxLength(30);
        builder.Property(row => row.RetensiAktif).HasMaxLength(200);
        builder.Property(row => row.RetensiInaktif).HasMaxLength(200);
        builder.Property(row => row.NasibAkhir).HasMaxLength(60);
        builder.HasIndex(row => new { row.AgencyId, row.Classification, row.Date });
    }
}
