namespace Tera.Office.Cases;

/// <summary>Wakes the outbox of this node at once; other nodes look by themselves every few seconds.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Wake()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // it is rung already
            return;
        }
    }

    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellation) => _rung.WaitAsync(longest, cancellation);

    public void Dispose() => _rung.Dispose();
}
