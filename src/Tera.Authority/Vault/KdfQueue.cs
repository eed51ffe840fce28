namespace Tera.Authority.Vault;

/// <summary>
/// How many derivations run at once (each takes its memory and a core) and how many may wait. Null: one a processor.
/// </summary>
public sealed record KdfQueueLimits(int? Running = null, int Waiting = 64);

/// <summary>
/// The door before the passphrase derivation, the dearest thing that a caller can make us do. Who is not admitted is
/// told so at once, and no attempt of the owner is counted.
/// </summary>
internal sealed class KdfQueue : IDisposable
{
    private readonly SemaphoreSlim running;
    private readonly int capacity;
    private int present;

    public KdfQueue(KdfQueueLimits limits)
    {
        var parallel = limits.Running ?? Environment.ProcessorCount;
        running = new SemaphoreSlim(parallel);
        capacity = parallel + limits.Waiting;
    }

    /// <summary>Null when the queue is full. Dispose the place to leave it.</summary>
    public async Task<Place?> EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref present) > capacity)
        {
            Interlocked.Decrement(ref present);
            return null;
        }

        try
        {
            await running.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref present);
            throw;
        }

        return new Place(this);
    }

    public void Dispose() => running.Dispose();

    public sealed class Place(KdfQueue queue) : IDisposable
    {
        private bool left;

        /// <summary>On a thread of its own: a derivation would hold a thread of the pool for its whole time.</summary>
        public Task<T> RunAsync<T>(Func<T> derivation) =>
            Task.Factory.StartNew(derivation, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                queue.running.Release();
                Interlocked.Decrement(ref queue.present);
            }
        }
    }
}
