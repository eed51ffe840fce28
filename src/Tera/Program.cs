using Tera.Door;

// Ctrl+C asks the running verb to stop in order; a second one ends the process as usual.
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    if (!stopping.IsCancellationRequested)
    {
        e.Cancel = true;
        stopping.Cancel();
    }
};

return await Verbs.RunAsync(args, Console.Out, Console.Error, stopping.Token);
