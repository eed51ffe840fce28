using Microsoft.Extensions.DependencyInjection;
using Tera.Authority;
using Tera.Authority.Audit;

namespace Tera.EndToEnd.Product;

/// <summary>The authority's data, looked at by the authority's own checks while no product runs on it.</summary>
internal static class AuthorityFolder
{
    /// <summary>Walks the whole log, its sealed head and the checkpoint that the last start left beside the database.</summary>
    public static async Task AssertAuditLogHoldsAsync(string dataFolder, Uri url)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var options = new AuthorityOptions { DataFolder = Path.Combine(dataFolder, "authority"), PublicBaseUrl = url };
        services.AddAuthority(options);
        await using ServiceProvider provider = services.BuildServiceProvider();
        AuditCheckpoint? checkpoint = System.Text.Json.JsonSerializer.Deserialize<AuditCheckpoint>(await File.ReadAllTextAsync(Path.Combine(options.DataFolder, "audit.head")));
        Assert.NotNull(checkpoint);
        AuditVerdict verdict = await provider.GetRequiredService<AuditLog>().VerifyAsync(checkpoint, CancellationToken.None);
        Assert.True(verdict.Holds, $"entry {verdict.Sequence}: {verdict.Finding}");
        Assert.True(verdict.Entries > checkpoint.Sequence, "the log has nothing after the checkpoint of the last start");
    }
}
