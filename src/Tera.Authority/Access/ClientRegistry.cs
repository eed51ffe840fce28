using System.Security.Cryptography;
using System.Text;
using Tera.Authority.Vault;

namespace Tera.Authority.Access;

/// <summary>The configured client systems and the hashes of their secrets, read once at the start.</summary>
internal sealed class ClientRegistry
{
    private const int SecretLength = 32;
    private static readonly byte[] NobodysSecret = SHA256.HashData(RandomNumberGenerator.GetBytes(SecretLength));
    private readonly Dictionary<string, Entry> clients;

    private ClientRegistry(Dictionary<string, Entry> clients) => this.clients = clients;

    /// <summary>Opens each secret file, and makes the absent ones.</summary>
    public static ClientRegistry Open(IReadOnlyList<AuthorityClient> configured)
    {
        var opened = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var client in configured)
        {
            if (!File.Exists(client.SecretFile))
            {
                var secret = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));
                PrivateFile.Create(client.SecretFile, Encoding.ASCII.GetBytes(secret + "\n"));
            }

            PrivateFile.RequirePrivate(client.SecretFile);
            var text = File.ReadAllText(client.SecretFile).Trim();
            if (text.Length < SecretLength)
            {
                throw new InvalidDataException($"The secret of client {client.ClientId} in {client.SecretFile} has fewer than {SecretLength} characters.");
            }

            if (!opened.TryAdd(client.ClientId, new Entry(client, SHA256.HashData(Encoding.UTF8.GetBytes(text)))))
            {
                throw new InvalidDataException($"The client {client.ClientId} is configured twice.");
            }
        }

        return new ClientRegistry(opened);
    }

    /// <summary>Null for an unknown client and for a wrong secret, after the same work.</summary>
    public AuthorityClient? Authenticate(string clientId, string secret)
    {
        var entry = clients.GetValueOrDefault(clientId);
        var matches = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), entry?.SecretHash ?? NobodysSecret);
        return matches ? entry?.Client : null;
    }

    public AuthorityClient? Find(string clientId) => clients.GetValueOrDefault(clientId)?.Client;

    private sealed record Entry(AuthorityClient Client, byte[] SecretHash);
}
