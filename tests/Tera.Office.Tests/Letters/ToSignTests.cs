using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Signing;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Letters;

/// <summary>What the bytes say of signer and day is held where they are handed out for a signature, not only by the page that prepares them.</summary>
public sealed class ToSignTests(PostgresServer server)
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly Sha256Digest Pdf = Sha256Digest.FromBytes(SHA256.HashData("naskah"u8));

    [Fact]
    public async Task The_printed_signer_signs_a_letter_of_today()
    {
        await using House house = await House.OpenAsync(server, Today);
        Assert.Null((await house.ToSignAsync(house.Signer))!.Obstacle);
    }

    [Fact]
    public async Task An_acting_official_does_not_sign_what_names_another()
    {
        await using House house = await House.OpenAsync(server, Today);
        Caller other = await house.Office.CallerAsync("sekda");
        Assert.Contains("sebagai penandatangan", (await house.ToSignAsync(other))!.Obstacle!, StringComparison.Ordinal);
        await RefusesAsync(house, other);
    }

    [Fact]
    public async Task A_letter_dated_yesterday_is_prepared_before_it_is_signed()
    {
        await using House house = await House.OpenAsync(server, Today.AddDays(-1));
        Assert.Contains("hari ini", (await house.ToSignAsync(house.Signer))!.Obstacle!, StringComparison.Ordinal);
        await RefusesAsync(house, house.Signer);
    }

    [Fact]
    public async Task Bytes_that_a_paraf_sealed_keep_their_day()
    {
        await using House house = await House.OpenAsync(server, Today.AddDays(-1), isSealed: true);
        Assert.Null((await house.ToSignAsync(house.Signer))!.Obstacle);
    }

    [Fact]
    public async Task A_paraf_stands_below_anybodys_name()
    {
        await using House house = await House.OpenAsync(server, Today.AddDays(-1), paraf: true);
        Assert.Null((await house.ToSignAsync(await house.Office.CallerAsync("sekda")))!.Obstacle);
    }

    /// <summary>The signer stops before it asks the authority for anything: the one of the tests would throw.</summary>
    private static async Task RefusesAsync(House house, Caller who)
    {
        using SecretText passphrase = TestOffice.Secret("frasa sandi yang benar");
        var act = new StepAct(house.CaseId, "tte", 1, "ya", null, null, Pdf.Hex, new Dictionary<string, string>(StringComparer.Ordinal), [], passphrase, TestOffice.Key());
        var signer = new LetterSigner(house.Letters, null!, null!, null!, null!, null!, house.Office.Clock);
        LetterSigning answer = await signer.SignAsync(
            new ActContext(house.CaseId, who.AgencyId, "uji/uji", "tte", 1, "kunci", null, who, house.Position, "Bupati", act, new ActArtifacts()), paraf: false, default);
        Assert.Equal(CaseRefusalReason.EffectRefused, Assert.IsType<LetterSigning.Refused>(answer).Reason);
    }

    private sealed class House(TestOffice office, Caller signer, Guid position, Guid caseId) : IAsyncDisposable
    {
        public TestOffice Office => office;

        public Caller Signer => signer;

        public Guid Position => position;

        public Guid CaseId => caseId;

        public ILetters Letters => office.Get<ILetters>();

        public static async Task<House> OpenAsync(PostgresServer server, DateOnly printed, bool isSealed = false, bool paraf = false)
        {
            OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server);
            TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => services.AddLetters(options), options);
            Caller signer = await office.CallerAsync("bupati");
            Guid position = (await office.Get<IOrganisation>().HoldingsOfAsync(signer.PersonId, Today, default))[0].PositionId;
            var caseId = Guid.NewGuid();
            await using OfficeDb db = await office.DbAsync();
            db.Add(new LetterRow
            {
                CaseId = caseId,
                AgencyId = signer.AgencyId,
                Code = "7Q4M9ZK2XW8D3HTN",
                CreatedAt = office.Clock.GetUtcNow(),
                CurrentPdf = Pdf,
                RenderedValues = JsonSerializer.Serialize(SampleLetters.Values(qr: false), JsonSerializerOptions.Web),
                PrintedDate = printed,
                PrintedSigner = signer.PersonId,
                Sealed = isSealed,
            });
            db.Add(new LetterFieldRow { CaseId = caseId, Name = "ttd_bupati", PositionId = position, Paraf = paraf });
            await db.SaveChangesAsync();
            return new House(office, signer, position, caseId);
        }

        public Task<LetterToSign?> ToSignAsync(Caller who) => Letters.ToSignAsync(caseId, position, who.PersonId, default);

        public ValueTask DisposeAsync() => office.DisposeAsync();
    }
}
