using System.Collections.Concurrent;
using Tera.Pki.Keys;

namespace Tera.Authority.RemoteSigning;

/// <summary>
/// The unlocked keys of the running activations, in this process's memory only, each under the hash of its SAD. A key
/// leaves after its last hash, at its time, when its credential is revoked, and at shutdown.
/// </summary>
internal sealed class OpenKeys : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, OpenKey> keys = new(StringComparer.Ordinal);
    private readonly ITimer sweeper;
    private readonly int capacity;

    public OpenKeys(ActivationLimits limits, TimeProvider time)
    {
        capacity = limits.MaximumOpenKeys;
        sweeper = time.CreateTimer(_ => Sweep(time.GetUtcNow()), null, SweepEvery, SweepEvery);
    }

    public int Count => keys.Count;

    public bool IsFull => keys.Count >= capacity;

    public void Add(string handleHash, string credentialId, SoftwareSigner key, DateTimeOffset expiresAt)
    {
        if (!keys.TryAdd(handleHash, new OpenKey(credentialId, key, expiresAt)))
        {
            throw new InvalidOperationException("Two activations have one handle.");
        }
    }

    public bool Contains(string handleHash) => keys.ContainsKey(handleHash);

    /// <summary>Null when the key is no longer there. Every signature is verified before it leaves; a faulty one throws nothing out.</summary>
    public SigningOutcome? Sign(string handleHash, IReadOnlyList<byte[]> hashes, PublicKey certified) =>
        keys.TryGetValue(handleHash, out var key) ? key.Sign(hashes, certified) : null;

    public void Close(string handleHash)
    {
        if (keys.TryRemove(handleHash, out var key))
        {
            key.Dispose();
        }
    }

    public void CloseAllOf(string credentialId)
    {
        foreach (var (handleHash, key) in keys)
        {
            if (string.Equals(key.CredentialId, credentialId, StringComparison.Ordinal))
            {
                Close(handleHash);
            }
        }
    }

    public void Dispose()
    {
        sweeper.Dispose();
        Sweep(DateTimeOffset.MaxValue);
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (handleHash, key) in keys)
        {
            if (key.ExpiresAt <= now)
            {
                Close(handleHash);
            }
        }
    }

    /// <summary>One key; its lock keeps the sweeper from closing it under a signature.</summary>
    private sealed class OpenKey(string credentialId, SoftwareSigner signer, DateTimeOffset expiresAt) : IDisposable
    {
        private readonly Lock use = new();
        private bool closed;

        public string CredentialId { get; } = credentialId;

        public DateTimeOffset ExpiresAt { get; } = expiresAt;

        public SigningOutcome? Sign(IReadOnlyList<byte[]> hashes, PublicKey certified)
        {
            lock (use)
            {
                if (closed)
                {
                    return null;
                }

                var signatures = new List<byte[]>(hashes.Count);
                foreach (var hash in hashes)
                {
                    var signature = signer.SignDigest(hash);
                    if (!certified.Verify(signer.Algorithm, hash, signature))
                    {
                        return new SigningOutcome([], Faulty: true);
                    }

                    signatures.Add(signature);
                }

                return new SigningOutcome(signatures, Faulty: false);
            }
        }

        public void Dispose()
        {
            lock (use)
            {
                closed = true;
                signer.Dispose();
            }
        }
    }
}

/// <summary>All signatures, or none and the word that one did not verify with the certificate's key.</summary>
internal sealed record SigningOutcome(IReadOnlyList<byte[]> Signatures, bool Faulty);
