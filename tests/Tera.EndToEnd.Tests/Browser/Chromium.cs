using Microsoft.Playwright;
using Tera.EndToEnd.House;

namespace Tera.EndToEnd.Browser;

/// <summary>Debian's Chromium, driven as a person uses it; each picture goes to artifacts/screenshots.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Chromium> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        return new Chromium(playwright, browser);
    }

    /// <param name="phone">390 points wide, as a phone; otherwise a desktop.</param>
    /// <param name="javaScript">False: the pages have to work without.</param>
    public async Task<Person> OpenAsync(Uri product, bool phone = false, bool dark = false, bool javaScript = true)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = product.ToString(),
            Locale = "id-ID",
            JavaScriptEnabled = javaScript,
            AcceptDownloads = true,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            IsMobile = phone,
            HasTouch = phone,
        });
        context.SetDefaultTimeout(30_000);
        return new Person(context, await context.NewPageAsync(), phone ? "ponsel" : "meja");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>One person's browser.</summary>
internal sealed class Person(IBrowserContext context, IPage page, string kind) : IAsyncDisposable
{
    public IPage Page => page;

    public async Task SignInAsync(string username)
    {
        await page.GotoAsync("/masuk");
        await page.FillAsync("input[name=nama]", username);
        await page.FillAsync("input[name=sandi]", Hostile.ApiClient.Password);
        await page.ClickAsync("#masuk");
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
    }

    /// <summary>A picture of the whole page, and a check that nothing sticks out sideways.</summary>
    public async Task PictureAsync(string name)
    {
        string folder = Repository.PathOf("artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{kind}.png"), FullPage = true });
        int overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 1, $"{name} on {kind}: the page is {overflow} px wider than the screen");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
