using System.Text;
using System.Text.Json;

namespace Tera.Pades.Validation;

/// <summary>Writes reports in the shape that `tera verify --json` promises. Fields are added at the end of an object, never taken away.</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One array, an object for each file.</summary>
    /// <param name="reports">File name, as the caller gave it, and report.</param>
    /// <returns>The JSON text.</returns>
    public static string Write(IEnumerable<(string File, ValidationReport Report)> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var (file, report) in reports)
                Write(json, file, report);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The object of one file.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="report">The report.</param>
    public static void Write(Utf8JsonWriter json, string file, ValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteString("verdict", NameOf(report.Verdict));
        json.WriteString("reason", report.Reason);
        json.WriteStartArray("signatures");
        foreach (var signature in report.Signatures)
            Write(json, signature);
        json.WriteEndArray();
        json.WriteStartArray("timestamps");
        foreach (var stamp in report.TimeStamps)
            Write(json, stamp);
        json.WriteEndArray();
        json.WriteString("at", report.At);
        json.WriteString("summary", VerdictSummary.Indonesian(report));
        json.WriteString("summaryEnglish", VerdictSummary.English(report));
        json.WriteEndObject();
    }

    /// <summary>The name of a verdict as the contract spells it.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>For example <c>TOTAL_PASSED</c>.</returns>
    public static string NameOf(FileVerdict verdict) => verdict switch
    {
        FileVerdict.TotalPassed => "TOTAL_PASSED",
        FileVerdict.Indeterminate => "INDETERMINATE",
        FileVerdict.TotalFailed => "TOTAL_FAILED",
        FileVerdict.NoSignature => "NO_SIGNATURE",
        _ => "UNREADABLE",
    };

    /// <summary>The name of an indication.</summary>
    /// <param name="indication">The indication.</param>
    /// <returns>For example <c>TOTAL_PASSED</c>.</returns>
    public static string NameOf(Indication indication) => indication switch
    {
        Indication.TotalPassed => "TOTAL_PASSED",
        Indication.Indeterminate => "INDETERMINATE",
        _ => "TOTAL_FAILED",
    };

    /// <summary>The name of a sub-indication as EN 319 102-1 prints it.</summary>
    /// <param name="sub">The sub-indication.</param>
    /// <returns>For example <c>NO_CERTIFICATE_CHAIN_FOUND</c>.</returns>
    public static string NameOf(SubIndication sub) => sub switch
    {
        SubIndication.FormatFailure => "FORMAT_FAILURE",
        SubIndication.HashFailure => "HASH_FAILURE",
        SubIndication.SigCryptoFailure => "SIG_CRYPTO_FAILURE",
        SubIndication.Revoked => "REVOKED",
        SubIndication.Expired => "EXPIRED",
        SubIndication.NotYetValid => "NOT_YET_VALID",
        SubIndication.SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE",
        SubIndication.ChainConstraintsFailure => "CHAIN_CONSTRAINTS_FAILURE",
        SubIndication.CertificateChainGeneralFailure => "CERTIFICATE_CHAIN_GENERAL_FAILURE",
        SubIndication.CryptoConstraintsFailure => "CRYPTO_CONSTRAINTS_FAILURE",
        SubIndication.CryptoConstraintsFailureNoPoe => "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
        SubIndication.NoSigningCertificateFound => "NO_SIGNING_CERTIFICATE_FOUND",
        SubIndication.NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND",
        SubIndication.NoCertificateChainFoundNoPoe => "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
        SubIndication.RevokedNoPoe => "REVOKED_NO_POE",
        SubIndication.RevokedCaNoPoe => "REVOKED_CA_NO_POE",
        SubIndication.OutOfBoundsNotRevoked => "OUT_OF_BOUNDS_NOT_REVOKED",
        SubIndication.OutOfBoundsNoPoe => "OUT_OF_BOUNDS_NO_POE",
        SubIndication.RevocationOutOfBoundsNoPoe => "REVOCATION_OUT_OF_BOUNDS_NO_POE",
        SubIndication.NoPoe => "NO_POE",
        SubIndication.SignedDataNotFound => "SIGNED_DATA_NOT_FOUND",
        SubIndication.TimestampOrderFailure => "TIMESTAMP_ORDER_FAILURE",
        _ => "TRY_LATER",
    };

    private static void Write(Utf8JsonWriter json, SignatureReport signature)
    {
        json.WriteStartObject();
        json.WriteString("field", signature.Field);
        json.WriteString("subFilter", signature.SubFilter);
        json.WriteString("level", signature.Level);
        json.WriteString("indication", NameOf(signature.Indication));
        json.WriteString("subIndication", signature.SubIndication is { } sub ? NameOf(sub) : null);
        json.WriteString("signer", signature.Signer);
        Write(json, "signedAt", signature.SignedAt);
        json.WriteBoolean("intact", signature.Intact);
        json.WriteBoolean("coversWholeRevision", signature.CoversWholeRevision);
        json.WriteString("changesAfter", signature.ChangesAfter switch
        {
            ChangesAfter.None => "none",
            ChangesAfter.Allowed => "allowed",
            _ => "forbidden",
        });
        json.WriteStartArray("changes");
        foreach (var change in signature.Changes)
            json.WriteStringValue(change);
        json.WriteEndArray();
        json.WriteString("reason", signature.Reason);
        json.WriteBoolean("timeProven", signature.IsTimeProven);
        json.WriteString("revocation", signature.Revocation);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TimeStampReport stamp)
    {
        json.WriteStartObject();
        json.WriteString("field", stamp.Field);
        json.WriteString("kind", stamp.IsDocumentTimeStamp ? "document" : "signature");
        Write(json, "time", stamp.Time);
        json.WriteString("authority", stamp.Authority);
        json.WriteBoolean("intact", stamp.Intact);
        json.WriteBoolean("trusted", stamp.Trusted);
        json.WriteString("reason", stamp.Reason);
        json.WriteString("indication", NameOf(stamp.Indication));
        json.WriteString("subIndication", stamp.SubIndication is { } sub ? NameOf(sub) : null);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }
}
