using System.Collections.Concurrent;

namespace Tera.EndToEnd.Product;

/// <summary>
/// Kills the product again and again while the demo drives it, and starts it again. Each kill follows a step of the demo after a random
/// moment, so that the kills are spread over the whole procedure; after the steps that conversion, signing and sending follow, the moment
/// is short. One in five hits the product while it starts.
/// </summary>
internal sealed class KillStorm(TeraProcess product, Random random, ITestOutputHelper output)
{
    /// <summary>What the demo says just before the product converts, signs, sends.</summary>
    private static readonly string[] Delicate = ["Registrasi", "Surat dibuat", "wrong passphrase refused", "Membubuhkan", "Mengirim"];

    private readonly Dictionary<int, string> _children = [];

    public int Killed { get; private set; }

    public async Task RageAsync(Task demo, BlockingCollection<string> steps, int most, TimeSpan noStep)
    {
        while (Killed < most && !demo.IsCompleted)
        {
            string step = await NextAsync(demo, steps, noStep);
            if (random.Next(3) == 0)
            {
                step = await NextAsync(demo, steps, noStep);
            }

            bool delicate = Delicate.Any(word => step.Contains(word, StringComparison.Ordinal));
            await Task.WhenAny(demo, Task.Delay(random.Next(delicate ? 600 : 1500)));
            if (demo.IsCompleted)
            {
                return;
            }

            Kill($"after '{step.Trim()}'");
            if (random.Next(5) == 0 && Killed < most)
            {
                product.Launch();
                await Task.Delay(random.Next(3000));
                Kill("while starting");
            }

            await product.LaunchAsync();
        }
    }

    /// <summary>Programs of killed products that still run a while after their end.</summary>
    public Task<IReadOnlyList<string>> LeftOverAsync()
    {
        Note();
        return Descendants.AwaitGoneAsync(_children, TimeSpan.FromSeconds(20));
    }

    private static async Task<string> NextAsync(Task demo, BlockingCollection<string> steps, TimeSpan noStep)
    {
        string last = "";
        using var limit = new CancellationTokenSource(noStep);
        while (!demo.IsCompleted && !limit.IsCancellationRequested && last.Length == 0)
        {
            while (steps.TryTake(out string? line))
            {
                last = line;
            }

            await Task.Delay(20);
        }

        return last;
    }

    private void Kill(string moment)
    {
        product.Kill();
        Killed++;
        Note();
        output.WriteLine($"kill {Killed} {moment}");
    }

    private void Note()
    {
        foreach ((int id, string line) in Descendants.Of(product.DataFolder, but: null))
        {
            _children[id] = line;
        }
    }
}
