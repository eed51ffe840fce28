using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tera.EndToEnd.Hostile;
using Tera.EndToEnd.Product;

namespace Tera.EndToEnd.Browser;

/// <summary>In real Chromium: a letter from the drafter's first click to the public page, with a return and a wrong passphrase on the way.</summary>
public sealed partial class LetterJourneyTests
{
    private const string Title = "Undangan Rapat Evaluasi Layanan TTE";

    [Fact]
    public async Task A_letter_goes_from_the_drafter_to_the_public_page()
    {
        await using TeraProcess product = await TeraProcess.StartAsync();
        await using Chromium chromium = await Chromium.StartAsync();

        string letter = await DraftAsync(product, chromium);
        await DecideAsync(product, chromium, "kabag", phone: false, picture: "04-reviu");
        await DecideAsync(product, chromium, "asisten", phone: true, picture: "05-verifikasi");
        await ReturnAsync(product, chromium, "sekda");
        await RedraftAsync(product, chromium, letter);
        foreach (string verifier in new[] { "kabag", "asisten", "sekda", "wabup" })
        {
            await DecideAsync(product, chromium, verifier, phone: verifier == "wabup", picture: null);
        }

        await SignAsync(product, chromium);
        string code = await DispatchAsync(product, chromium, letter);
        await CheckInPublicAsync(product, chromium, letter, code);
    }

    private static async Task<string> DraftAsync(TeraProcess product, Chromium chromium)
    {
        // Without JavaScript: every step has to work for everybody.
        await using Person drafter = await chromium.OpenAsync(product.Url, javaScript: false);
        IPage page = drafter.Page;
        await page.GotoAsync("/masuk");
        await drafter.PictureAsync("01-masuk");
        await drafter.SignInAsync("staf");
        await drafter.PictureAsync("02-kotak-masuk-kosong");
        await page.GotoAsync("/mulai");
        ILocator card = page.Locator("section.procedure", new PageLocatorOptions { HasTextRegex = new Regex("Naskah Dinas Keluar") });
        await card.Locator("input[name=judul]").FillAsync(Title);
        await drafter.PictureAsync("02-mulai");
        await card.Locator("button[type=submit]").ClickAsync();
        string letter = CaseId().Match(page.Url).Value;
        Assert.NotEmpty(letter);

        await page.GotoAsync($"/kasus/{letter}/langkah/templat");
        await drafter.PictureAsync("03-templat");
        await page.Locator("input[name=templat][value='bupati-undangan']").CheckAsync();
        await page.Locator("button.main[name=hasil]").ClickAsync();
        await UploadAsync(page, letter, drafter);
        await RegisterAsync(page, letter, drafter);
        return letter;
    }

    private static async Task UploadAsync(IPage page, string letter, Person? drafter)
    {
        await page.GotoAsync($"/kasus/{letter}/langkah/sunting");
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href^='/surat/templat/']").First.ClickAsync());
        byte[] template = await File.ReadAllBytesAsync(await download.PathAsync());

        // Something that is no docx first: the answer stands at the field and nothing is lost.
        await page.SetInputFilesAsync("#naskah", new FilePayload { Name = "konsep.docx", MimeType = ApiClient.DocxType, Buffer = "bukan docx"u8.ToArray() });
        await page.Locator("button.main[name=hasil]").ClickAsync();
        await Assertions.Expect(page.Locator("#naskah-galat")).ToBeVisibleAsync();
        if (drafter is not null)
        {
            await drafter.PictureAsync("03-konsep-ditolak");
        }

        await page.SetInputFilesAsync("#naskah", new FilePayload { Name = "undangan.docx", MimeType = ApiClient.DocxType, Buffer = DocxForge.Fill(template) });
        await page.Locator("button.main[name=hasil]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/(kasus|$|\\?)"));
    }

    private static async Task RegisterAsync(IPage page, string letter, Person drafter)
    {
        await page.GotoAsync($"/kasus/{letter}/langkah/registrasi");
        if (await page.Locator("input[name=tujuan-sasaran]").CountAsync() == 0)
        {
            await page.Locator("button[value='tambah-tujuan:external']").ClickAsync();
            await page.FillAsync("input[name=tujuan-nama]:not([type=hidden])", "Bappeda Provinsi Nusa Cendana");
            await page.FillAsync("input[name=tujuan-sasaran]", "bappeda@nusacendana.example");
        }

        await page.SelectOptionAsync("select[name=macam]", "undangan");
        await page.FillAsync("input[name=hal]", Title);
        await page.FillAsync("input[name=klasifikasi]", "000.7.5");
        await drafter.PictureAsync("03-registrasi");
        await page.Locator("button.main[name=hasil]").ClickAsync();
        await Assertions.Expect(page.Locator("#klasifikasi")).ToHaveCountAsync(0);
    }

    private static async Task OpenTaskAsync(Person person, string username)
    {
        await person.SignInAsync(username);
        ILocator task = person.Page.Locator("main a", new PageLocatorOptions { HasTextString = Title }).First;
        for (int i = 0; i < 60 && await task.CountAsync() == 0; i++)
        {
            // The PDF is being made; the inbox fills when it is there.
            await Task.Delay(500);
            await person.Page.GotoAsync("/");
        }

        await task.ClickAsync();
    }

    private static async Task DecideAsync(TeraProcess product, Chromium chromium, string username, bool phone, string? picture)
    {
        await using Person official = await chromium.OpenAsync(product.Url, phone);
        await OpenTaskAsync(official, username);
        await OpenStepAsync(official.Page);
        await PageIsDrawnAsync(official.Page);
        if (picture is not null)
        {
            await official.PictureAsync(picture);
        }

        await official.Page.Locator("button[name=hasil][value=ya]").ClickAsync();
        await Assertions.Expect(official.Page.Locator("button[name=hasil][value=ya]")).ToHaveCountAsync(0);
    }

    /// <summary>The picture of page 1 is there and is one.</summary>
    private static async Task PageIsDrawnAsync(IPage page)
    {
        ILocator picture = page.Locator("img[src*='/halaman/']").First;
        await Assertions.Expect(picture).ToBeVisibleAsync();
        int width = 0;
        for (int i = 0; i < 100 && width == 0; i++, await Task.Delay(100))
        {
            width = await picture.EvaluateAsync<int>("image => image.naturalWidth");
        }

        Assert.True(width > 100, "The preview of the letter is empty.");
    }

    private static async Task ReturnAsync(TeraProcess product, Chromium chromium, string username)
    {
        await using Person official = await chromium.OpenAsync(product.Url);
        await OpenTaskAsync(official, username);
        await OpenStepAsync(official.Page);
        ILocator back = official.Page.Locator("details#hasil-tidak");
        await back.Locator("summary").ClickAsync();
        await back.Locator("input[name=kembali-ke][value=sunting]").CheckAsync();
        await back.Locator("textarea[name=alasan], input[name=alasan]").FillAsync("Tambahkan waktu dan tempat rapat pada paragraf pertama.");
        await official.PictureAsync("06-kembalikan");
        await back.Locator("button.danger").ClickAsync();
        await Assertions.Expect(official.Page.Locator("details#hasil-tidak")).ToHaveCountAsync(0);
    }

    private static async Task RedraftAsync(TeraProcess product, Chromium chromium, string letter)
    {
        await using Person drafter = await chromium.OpenAsync(product.Url);
        await drafter.SignInAsync("staf");
        await drafter.PictureAsync("07-kotak-masuk-dikembalikan");
        await drafter.Page.GotoAsync($"/kasus/{letter}");
        await drafter.PictureAsync("07-kasus");
        await UploadAsync(drafter.Page, letter, null);
        await RegisterAsync(drafter.Page, letter, drafter);
    }

    private static async Task SignAsync(TeraProcess product, Chromium chromium)
    {
        await using Person bupati = await chromium.OpenAsync(product.Url, phone: true);
        await OpenTaskAsync(bupati, "bupati");
        await OpenStepAsync(bupati.Page);
        await PageIsDrawnAsync(bupati.Page);
        await bupati.PictureAsync("08-tte");
        await bupati.Page.FillAsync("input[name=frasa]", "frasa sandi yang salah");
        await bupati.Page.Locator("button[name=hasil][value=ya]").ClickAsync();
        await Assertions.Expect(bupati.Page.Locator("main")).ToContainTextAsync("Sisa percobaan");
        await bupati.PictureAsync("08-tte-salah");
        Assert.Equal("", await bupati.Page.InputValueAsync("input[name=frasa]"));
        await bupati.Page.FillAsync("input[name=frasa]", ApiClient.Passphrase);
        await bupati.Page.Locator("button[name=hasil][value=ya]").ClickAsync();
        await Assertions.Expect(bupati.Page.Locator("input[name=frasa]")).ToHaveCountAsync(0);
        await bupati.PictureAsync("09-sesudah-tte");
    }

    private static async Task<string> DispatchAsync(TeraProcess product, Chromium chromium, string letter)
    {
        await using Person drafter = await chromium.OpenAsync(product.Url);
        await drafter.SignInAsync("staf");
        foreach (string step in new[] { "kirim", "ekspedisi" })
        {
            await drafter.Page.GotoAsync($"/kasus/{letter}/langkah/{step}");
            for (int i = 0; i < 60 && await drafter.Page.Locator("button[name=hasil]").CountAsync() == 0; i++)
            {
                await Task.Delay(500);
                await drafter.Page.GotoAsync($"/kasus/{letter}/langkah/{step}");
            }

            await drafter.Page.Locator("button[name=hasil]").First.ClickAsync();
        }

        using var client = new ApiClient(product.Url);
        for (int i = 0; i < 60 && !(bool)(await client.CaseAsync("staf", Guid.Parse(letter)))["ended"]!; i++)
        {
            await Task.Delay(500);
        }

        await drafter.Page.GotoAsync($"/kasus/{letter}");
        await Assertions.Expect(drafter.Page.Locator("main")).ToContainTextAsync("Selesai");
        await drafter.PictureAsync("10-kasus-selesai");
        await drafter.Page.GotoAsync($"/surat/{letter}");
        await drafter.PictureAsync("10-surat");
        foreach (string path in new[] { "/surat", "/register", "/arsip", "/akun" })
        {
            IResponse? answer = await drafter.Page.GotoAsync(path);
            Assert.Equal(200, answer!.Status);
            await drafter.PictureAsync("11-" + path.Trim('/'));
        }

        return (string)(await client.JsonAsync(client.GetAsync("staf", $"letters/{letter}")))["code"]!;
    }

    private static async Task CheckInPublicAsync(TeraProcess product, Chromium chromium, string letter, string code)
    {
        using var client = new ApiClient(product.Url);
        byte[] pdf = await client.BytesAsync("staf", $"letters/{letter}/pdf");
        foreach (bool phone in new[] { true, false })
        {
            await using Person citizen = await chromium.OpenAsync(product.Url, phone, dark: !phone);
            await citizen.Page.GotoAsync("/v/" + code);
            await Assertions.Expect(citizen.Page.Locator("main")).ToContainTextAsync("Asli");
            await Assertions.Expect(citizen.Page.Locator("main")).ToContainTextAsync("Wiratama");
            await Assertions.Expect(citizen.Page.Locator("main")).Not.ToContainTextAsync("19680412");
            // Two rounds, one standing chain: the paraf on the returned text does not count any more.
            await Assertions.Expect(citizen.Page.GetByText("Sekar Maheswari")).ToHaveCountAsync(1);
            await citizen.PictureAsync("12-halaman-publik");
        }

        await using Person reader = await chromium.OpenAsync(product.Url, phone: true);
        await UploadForCheckAsync(reader, pdf);
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("Asli");
        byte[] changed = [.. pdf];
        changed[1000] ^= 1;
        await UploadForCheckAsync(reader, changed);
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("Jangan dipercaya");
        await reader.PictureAsync("13-berubah");
    }

    private static async Task UploadForCheckAsync(Person reader, byte[] pdf)
    {
        await reader.Page.GotoAsync("/verifikasi");
        await reader.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "surat.pdf", MimeType = "application/pdf", Buffer = pdf });
        await reader.Page.Locator("main form button[type=submit]").First.ClickAsync();
    }

    /// <summary>From the case page to its open step, where the inbox led to the case first.</summary>
    private static async Task OpenStepAsync(IPage page)
    {
        if (!page.Url.Contains("/langkah/", StringComparison.Ordinal))
        {
            await page.Locator("main a[href*='/langkah/']").First.ClickAsync();
        }

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/langkah/"));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex CaseId();
}
