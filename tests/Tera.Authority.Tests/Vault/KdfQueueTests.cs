using Tera.Authority.Vault;

namespace Tera.Authority.Tests.Vault;

public sealed class KdfQueueTests
{
    [Fact]
    public async Task Who_finds_the_queue_full_is_told_at_once_and_who_leaves_makes_room()
    {
        using var queue = new KdfQueue(new KdfQueueLimits(Running: 1, Waiting: 1));
        var first = await queue.EnterAsync(CancellationToken.None);
        var second = queue.EnterAsync(CancellationToken.None);

        Assert.Null(await queue.EnterAsync(CancellationToken.None));
        Assert.False(second.IsCompleted);

        first!.Dispose();
        using var admitted = await second;
        Assert.NotNull(admitted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_gives_the_place_back()
    {
        using var queue = new KdfQueue(new KdfQueueLimits(Running: 1, Waiting: 1));
        var first = await queue.EnterAsync(CancellationToken.None);
        using var impatience = new CancellationTokenSource();
        var waiting = queue.EnterAsync(impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        first!.Dispose();
        using var next = await queue.EnterAsync(CancellationToken.None);
        Assert.NotNull(next);
    }
}
