using Tera.Authority.Vault;

namespace Tera.Authority;

/// <summary>What the door tells the authority. Everything has a default but the folder and the public address.</summary>
public sealed record AuthorityOptions
{
    /// <summary>Holds the SQLite file, the platform key and the clients' secrets, unless these are named elsewhere.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The address under which relying parties reach <c>/ocsp</c>, <c>/crl</c> and <c>/ca</c>; it goes into every certificate and so
    /// cannot be changed for those issued. It is http: who checks a certificate cannot need one for it first (RFC 5280 8), and
    /// everything there is signed.
    /// </summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary>Null: SQLite in <c>authority.db</c> of the data folder.</summary>
    public AuthorityDatabase? Database { get; init; }

    /// <summary>Null: <c>platform.key</c> in the data folder. Made at the first start. In production on another disk than the database.</summary>
    public string? PlatformKeyFile { get; init; }

    /// <summary>Null: the office alone, <see cref="AuthorityClient.Office"/>.</summary>
    public IReadOnlyList<AuthorityClient>? Clients { get; init; }

    public AuthorityNames Names { get; init; } = new();

    public KdfParameters Kdf { get; init; } = KdfParameters.Default;

    public KdfQueueLimits KdfQueue { get; init; } = new();

    public LockoutLimits Lockout { get; init; } = new();

    public ActivationLimits Activations { get; init; } = new();

    public RateLimits Rates { get; init; } = new();

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    internal AuthorityDatabase EffectiveDatabase =>
        Database ?? AuthorityDatabase.SqliteFile(Path.Combine(DataFolder, "authority.db"));

    internal string EffectivePlatformKeyFile => PlatformKeyFile ?? Path.Combine(DataFolder, "platform.key");

    internal IReadOnlyList<AuthorityClient> EffectiveClients => Clients ?? [AuthorityClient.Office(DataFolder)];

    internal string AuditCheckpointFile => Path.Combine(DataFolder, "audit.head");
}

public enum AuthorityDatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where the authority keeps its rows. The database is its own: no other program's tables are in it.</summary>
public sealed record AuthorityDatabase(AuthorityDatabaseProvider Provider, string ConnectionString)
{
    public static AuthorityDatabase SqliteFile(string path) =>
        new(AuthorityDatabaseProvider.Sqlite, new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);

    public static AuthorityDatabase PostgreSql(string connectionString) => new(AuthorityDatabaseProvider.PostgreSql, connectionString);
}

/// <summary>A client system. Its secret file (one line, mode 0600) is written at the first start when it is absent.</summary>
public sealed record AuthorityClient(string ClientId, string SecretFile, IReadOnlyList<string> Scopes)
{
    public const string ServiceScope = "service";
    public const string EnrolmentScope = "enrolment";
    public const string OfficeClientId = "tera-office";

    public static AuthorityClient Office(string dataFolder) =>
        new(OfficeClientId, Path.Combine(dataFolder, "clients", OfficeClientId + ".secret"), [ServiceScope, EnrolmentScope]);
}

/// <summary>Names in the authority's own certificates; the defaults belong to no real body.</summary>
public sealed record AuthorityNames
{
    public string Country { get; init; } = "ID";

    public string Organization { get; init; } = "Otoritas Sertifikat Tera (uji coba)";

    public string Root { get; init; } = "Tera Root CA (uji coba)";

    public string Issuing { get; init; } = "Tera Issuing CA (uji coba)";

    public string TimeStamping { get; init; } = "Tera Time Stamping (uji coba)";

    public string Ocsp { get; init; } = "Tera OCSP Responder (uji coba)";
}

/// <summary>Wrong passphrases: so many until a pause, so many until the credential has to be enrolled anew.</summary>
public sealed record LockoutLimits
{
    public int WrongUntilPause { get; init; } = 5;

    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(15);

    public int WrongUntilLocked { get; init; } = 10;
}

/// <summary>How long an unlocked key stays in memory, how much it may sign, and how many are open at once.</summary>
public sealed record ActivationLimits
{
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    public int MaximumHashes { get; init; } = 1000;

    public int MaximumOpenKeys { get; init; } = 10_000;
}

/// <summary>Requests a second; a burst of twice as many is let through.</summary>
public sealed record RateLimits
{
    /// <summary>For a client with its token.</summary>
    public int PerClient { get; init; } = 500;

    /// <summary>For an address without one: OCSP, CRL, time stamps.</summary>
    public int PerAddress { get; init; } = 1000;

    /// <summary>For an address that asks for tokens, so that secrets cannot be tried out.</summary>
    public int TokensPerAddress { get; init; } = 20;
}
