using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Tera.Office.Cases;

namespace Tera.Office.Accounts;

/// <summary>Hashes and checks passwords, a bounded number at a time: one check costs a tenth of a second of a processor on purpose.</summary>
internal sealed class PasswordCheck : IDisposable
{
    private readonly PasswordHasher<AccountRow> _hasher;
    private readonly SemaphoreSlim _processors = new(Math.Max(1, Environment.ProcessorCount));
    private readonly AccountsSettings _settings;
    private readonly Lazy<string> _nobody;
    private int _waiting;

    public PasswordCheck(AccountsSettings settings)
    {
        _settings = settings;
        _hasher = new PasswordHasher<AccountRow>(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordIterations }));
        _nobody = new Lazy<string>(() => _hasher.HashPassword(null!, "tidak ada akun ini"));
    }

    public string Hash(SecretText password) => _hasher.HashPassword(null!, Text(password));

    /// <summary>Takes as long for a null <paramref name="hash"/> (nobody) as for a real one.</summary>
    /// <returns>Null: too many wait already.</returns>
    public async Task<bool?> VerifyAsync(string? hash, SecretText password, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _settings.WaitingChecks)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _processors.WaitAsync(cancellation);
            try
            {
                bool right = _hasher.VerifyHashedPassword(null!, hash ?? _nobody.Value, Text(password)) != PasswordVerificationResult.Failed;
                return right && hash is not null;
            }
            finally
            {
                _processors.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _processors.Dispose();

    /// <summary>The hasher takes a string only; it lives until the collector comes, as long as one check.</summary>
    private static string Text(SecretText password) => Encoding.UTF8.GetString(password.Utf8.Span);
}
