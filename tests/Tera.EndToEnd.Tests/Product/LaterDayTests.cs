using System.Text.Json.Nodes;
using Tera.Door.Serve;
using Tera.EndToEnd.Hostile;

namespace Tera.EndToEnd.Product;

/// <summary>A letter that is signed on another day than it was registered carries the day of its signature, and nothing else changed.</summary>
public sealed class LaterDayTests
{
    [Fact]
    public async Task A_letter_signed_on_a_later_day_is_printed_again_with_that_date_alone_changed()
    {
        string data = Directory.CreateTempSubdirectory("tera-later-").FullName;
        var clock = new TurnableClock();
        Uri url = TeraServer.FreeLoopbackAddress();
        await using (TeraServer product = await TeraServer.StartAsync(ServeOptions.Parse(["--data", data, "--listen", url.ToString()]), Floors.Both, CancellationToken.None, clock))
        {
            LetterDriver letter;
            JsonNode before;
            byte[] approved;
            using (var client = new ApiClient(url))
            {
                letter = await LetterDriver.RegisterAsync(client, "Undangan yang ditandatangani kemudian");
                foreach ((string username, string step) in new[] { ("kabag", "reviu"), ("asisten", "verifikasi"), ("sekda", "verifikasi"), ("wabup", "verifikasi") })
                {
                    await letter.ActAsync(username, step);
                }

                before = await letter.LetterAsync();
                approved = await client.BytesAsync("staf", $"letters/{letter.Id}/pdf");
            }

            clock.TurnOn(TimeSpan.FromDays(3));
            using var later = new ApiClient(url);
            letter = new LetterDriver(later, letter.Id);
            await letter.SignAsync();

            JsonNode after = await letter.LetterAsync();
            Assert.Equal((string)before["number"]!, (string)after["number"]!);
            Assert.NotEqual((string)before["date"]!, (string)after["date"]!);
            byte[] signed = await later.BytesAsync("staf", $"letters/{letter.Id}/pdf");
            string[] old = await TextAsync(approved);
            string[] fresh = await TextAsync(signed);
            Assert.Equal(old.Length, fresh.Length);
            int changed = Enumerable.Range(0, old.Length).Count(i => old[i] != fresh[i]);
            Assert.Equal(1, changed);

            // The approvals of the day before still stand: the public page names every verifier.
            JsonNode check = await later.JsonAsync(later.GetAsync(null, $"verify/{after["code"]}"));
            Assert.Equal("genuine", (string)check["verdict"]!);
            Assert.Equal(4, check["letter"]!["approvals"]!.AsArray().Count);
        }

        Directory.Delete(data, recursive: true);
    }

    private static async Task<string[]> TextAsync(byte[] pdf)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, pdf);
        (int code, string text) = await ForeignTool.RunAsync("pdftotext", "-layout", file, "-");
        File.Delete(file);
        Assert.Equal(0, code);
        return text.Split('\n');
    }
}
