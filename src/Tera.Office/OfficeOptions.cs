namespace Tera.Office;

/// <summary>What the door read from the command line and the environment for the office. The office itself reads no configuration.</summary>
public sealed record OfficeOptions
{
    /// <summary>Folder that holds documents, the SQLite file, converter profiles and secrets files of a trial.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder with the SOP files (<c>sop/</c>).</summary>
    public required string SopFolder { get; init; }

    /// <summary>SQLite by default; a PostgreSQL connection string otherwise.</summary>
    public required DatabaseChoice Database { get; init; }

    /// <summary>Address under which people and the QR on a letter reach the office, without a trailing slash.</summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary>Base address of the authority (CSC v2, enrolment, time stamps, OCSP, CRL).</summary>
    public required Uri AuthorityBaseUrl { get; init; }

    /// <summary>Client id of the office at the authority.</summary>
    public string AuthorityClientId { get; init; } = "tera-office";

    /// <summary>File that holds the client secret; read when a token is asked for, never logged.</summary>
    public required string AuthorityClientSecretFile { get; init; }

    /// <summary>Where outgoing mail is handed over.</summary>
    public required SmtpChoice Smtp { get; init; }

    /// <summary>Create the made-up demo agency when the database is empty.</summary>
    public bool SeedDemoAgency { get; init; }

    /// <summary>How many LibreOffice workers convert at the same time; at most one a core is useful.</summary>
    public int ConverterWorkers { get; init; } = 1;
}

/// <summary>Which database, and how to reach it.</summary>
public abstract record DatabaseChoice
{
    private DatabaseChoice() { }

    /// <summary>A file; created when missing.</summary>
    public sealed record Sqlite(string File) : DatabaseChoice;

    /// <summary>A server of version 15 or later.</summary>
    public sealed record PostgreSql(string ConnectionString) : DatabaseChoice;
}

/// <summary>The SMTP server that takes outgoing mail.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">25, 465, 587, or that of the trial's own catcher.</param>
/// <param name="From">Sender address of the agency's mails.</param>
/// <param name="UserName">Null: no login.</param>
/// <param name="PasswordFile">File with the password; read at sending.</param>
/// <param name="StartTls">Ask for STARTTLS and refuse a server that has none.</param>
public sealed record SmtpChoice(string Host, int Port, string From, string? UserName = null, string? PasswordFile = null, bool StartTls = false);
