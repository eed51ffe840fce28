using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Tera.Office.Tests.Shell;
using Tera.Office.Tests.Storage;
using Tera.Office.Verification;

namespace Tera.Office.Tests.Verification;

/// <summary>The public check is open to everybody, also to those who open an upload and send nothing.</summary>
public sealed class SlowUploadTests
{
    [Fact]
    public async Task Uploads_that_send_nothing_do_not_stop_the_check_of_others()
    {
        using VerificationDesk desk = Desk(TimeSpan.FromMinutes(5));
        using var over = new CancellationTokenSource();
        List<Task<VerificationPage>> silent = [.. Enumerable.Range(0, 8).Select(_ => desk.CheckUploadAsync(Silence(), over.Token))];

        VerificationPage page = await desk.CheckUploadAsync(new MemoryStream("bukan PDF"u8.ToArray()), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Unreadable, page.Verdict);
        Assert.DoesNotContain(silent, check => check.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(silent));
    }

    [Fact]
    public async Task An_upload_that_takes_too_long_gives_its_place_back()
    {
        using VerificationDesk desk = Desk(TimeSpan.FromMilliseconds(200));
        BadHttpRequestException late = await Assert.ThrowsAsync<BadHttpRequestException>(() => desk.CheckUploadAsync(Silence(), TestContext.Current.CancellationToken));
        Assert.Equal(StatusCodes.Status408RequestTimeout, late.StatusCode);
    }

    private static VerificationDesk Desk(TimeSpan limit) =>
        new(new ScriptedLetters(), null!, new LetterValidator(new ScriptedAuthority(), new TestClock())) { UploadLimit = limit };

    private static Stream Silence() => new Pipe().Reader.AsStream();
}
