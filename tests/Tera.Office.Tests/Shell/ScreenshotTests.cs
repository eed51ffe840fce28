using System.Diagnostics;

namespace Tera.Office.Tests.Shell;

/// <summary>Draws every screen with a real browser, to be looked at: <c>dotnet test -- xunit.explicit=only</c>, pictures in artifacts/screens.</summary>
public sealed class ScreenshotTests(ScreenHost host) : IClassFixture<ScreenHost>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "screens");

    public static TheoryData<string, string, string?> Screens => new()
    {
        { "masuk", "/masuk", null },
        { "verifikasi", "/verifikasi", null },
        { "v", "/v/7Q4M9ZK2XW8D3HTN", null },
        { "inbox", "/", "bupati" },
        { "mulai", "/mulai", "staf" },
        { "akun", "/akun", "bupati" },
        { "kasus", $"/kasus/{ScriptedDesk.Review}", "kabag" },
        { "kasus-kerja", $"/kasus/{ScriptedDesk.Working}", "staf" },
        { "templat", $"/kasus/{ScriptedDesk.Template}/langkah/templat", "staf" },
        { "registrasi", $"/kasus/{ScriptedDesk.Registration}/langkah/registrasi", "staf" },
        { "reviu", $"/kasus/{ScriptedDesk.Review}/langkah/reviu", "kabag" },
        { "tte", $"/kasus/{ScriptedDesk.Signing}/langkah/tte", "bupati" },
        { "disposisi", $"/kasus/{ScriptedDesk.Disposition}/langkah/disp1", "kadis" },
        { "permohonan", $"/kasus/{ScriptedDesk.Application}/langkah/verifikasi", "verifikator" },
        { "surat", $"/surat/{ScriptedDesk.Finished}", "staf" },
        { "register", "/register", "arsiparis" },
        { "arsip", "/arsip", "arsiparis" },
        { "surat-masuk", "/surat/masuk", "sekda" },
        { "organisasi", "/admin/organisasi", "admin" },
        { "tidak-ada", "/tidak-ada", "staf" },
    };

    [Theory(Explicit = true)]
    [MemberData(nameof(Screens))]
    public async Task A_screen_is_drawn(string name, string path, string? account)
    {
        Directory.CreateDirectory(Folder);
        foreach ((string shape, int width, int height) in new[] { ("meja", 1280, 1100), ("ponsel", 390, 1500) })
        {
            foreach (string look in new[] { "terang", "gelap" })
            {
                string file = Path.Combine(Folder, $"{name}-{shape}-{look}.png");
                string address = new Uri(host.Address, $"/bingkai/{account ?? "-"}/{look}/{width}/{height}?tuju={Uri.EscapeDataString(path)}").AbsoluteUri;
                using Process browser = Process.Start(new ProcessStartInfo(
                    "chromium",
                    ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--timeout=20000", $"--window-size={Math.Max(width, 500)},{height}", $"--screenshot={file}", address])
                    { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
                await browser.StandardError.ReadToEndAsync();
                await browser.WaitForExitAsync();
                Assert.True(new FileInfo(file).Length > 5_000, file);
            }
        }
    }
}
