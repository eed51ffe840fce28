using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Signing;
using Tera.Office.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Storage;

public enum Database
{
    Sqlite,
    PostgreSql,
}

/// <summary>An office of its own: folder, database, clock; without pages and without the slices above Cases.</summary>
internal sealed class TestOffice : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestOffice(OfficeOptions options, TestClock clock, ServiceProvider services)
    {
        Options = options;
        Clock = clock;
        _services = services;
    }

    public OfficeOptions Options { get; }

    public TestClock Clock { get; }

    public static async Task<TestOffice> OpenAsync(Database database, PostgresServer server, Action<IServiceCollection>? more = null, OfficeOptions? same = null)
    {
        OfficeOptions options = same ?? await OptionsAsync(database, server);
        var clock = new TestClock();
        var services = new ServiceCollection();
        Add(services, options, clock);
        more?.Invoke(services);
        var office = new TestOffice(options, clock, services.BuildServiceProvider());
        await office.Get<OfficePreparation>().StartingAsync(default);
        return office;
    }

    public static async Task<OfficeOptions> OptionsAsync(Database database, PostgresServer server)
    {
        string folder = Directory.CreateTempSubdirectory("tera-office-").FullName;
        return new OfficeOptions
        {
            DataFolder = folder,
            SopFolder = Path.Combine(Repository(), "sop"),
            Database = database == Database.Sqlite
                ? new DatabaseChoice.Sqlite(Path.Combine(folder, "office.db"))
                : new DatabaseChoice.PostgreSql(await server.CreateDatabaseAsync()),
            PublicBaseUrl = new Uri("http://127.0.0.1:1"),
            AuthorityBaseUrl = new Uri("http://127.0.0.1:1"),
            AuthorityClientSecretFile = Path.Combine(folder, "secret"),
            Smtp = new SmtpChoice("127.0.0.1", 1, "tera@arunika.example"),
            SeedDemoAgency = true,
        };
    }

    public static void Add(IServiceCollection services, OfficeOptions options, TimeProvider clock)
    {
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(new AccountsSettings { PasswordIterations = 1000 });
        services.AddStorage(options);
        services.AddOrganisation(options);
        services.AddAccounts(options);
        services.AddCases(options);
        services.AddSingleton<IAuthorityClient, EverybodyHasACertificate>();
    }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<OfficeDb> DbAsync() => Get<IDbContextFactory<OfficeDb>>().CreateDbContextAsync();

    /// <summary>Logs a demo account in and gives its caller.</summary>
    public async Task<Caller> CallerAsync(string username)
    {
        using SecretText password = Secret(DemoAgency.Password);
        LoginAnswer answer = await Get<IAccounts>().LoginAsync(username, password, IPAddress.Loopback, SessionKind.Api, default);
        return Assert.IsType<LoginAnswer.Opened>(answer).Session.Caller;
    }

    public static SecretText Secret(string text) => new(Encoding.UTF8.GetBytes(text));

    public static string Key() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Tera.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    private sealed class EverybodyHasACertificate : IAuthorityClient
    {
        public Task<Credential?> FindCredentialAsync(Guid personId, CancellationToken cancellation) =>
            Task.FromResult<Credential?>(new Credential(personId.ToString(), [], "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1", "CN=Uji", DateTimeOffset.MaxValue));

        public Task<EnrolmentAnswer> EnrolAsync(EnrolmentSubject subject, SecretText passphrase, string idempotencyKey, CancellationToken cancellation) =>
            throw new InvalidOperationException("Everybody has one already.");

        public Task<SignatureAnswer> SignDigestsAsync(Credential credential, IReadOnlyList<byte[]> digests, SecretText passphrase, string description, CancellationToken cancellation) =>
            throw new InvalidOperationException("Signing has its own tests.");

        public Task<IReadOnlyList<byte[]>> TrustAnchorsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<byte[]>>([]);
    }
}

/// <summary>A clock that stands until it is turned: Monday, 23 November 2026, 09.00 WIB.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
