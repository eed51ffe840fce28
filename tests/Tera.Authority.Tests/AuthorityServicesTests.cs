using Microsoft.Extensions.DependencyInjection;

namespace Tera.Authority.Tests;

public sealed class AuthorityServicesTests
{
    [Theory]
    [InlineData("https://tera.example")]
    [InlineData("ftp://tera.example")]
    public void A_public_address_that_relying_parties_cannot_use_is_refused_before_anything_is_made(string address)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tera-never-" + Guid.NewGuid().ToString("N"));
        var options = new AuthorityOptions { DataFolder = folder, PublicBaseUrl = new Uri(address) };
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAuthority(options));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_path_before_the_authority_stays_in_the_addresses_of_its_certificates()
    {
        await using var host = await AuthorityHost.StartAsync(change: x => x with { PublicBaseUrl = new Uri("http://tera.example/otoritas/") });
        using var client = await host.ClientAsync();
        var certificate = Convert.FromBase64String((await client.EnrolAsync()).Text("certificate"));
        var text = System.Text.Encoding.Latin1.GetString(certificate);
        Assert.Contains("http://tera.example/otoritas/ocsp", text, StringComparison.Ordinal);
        Assert.Contains("http://tera.example/otoritas/crl/issuing.crl", text, StringComparison.Ordinal);
        Assert.Contains("http://tera.example/otoritas/ca/issuing.cer", text, StringComparison.Ordinal);
    }
}
