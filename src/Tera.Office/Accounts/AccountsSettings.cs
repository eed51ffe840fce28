namespace Tera.Office.Accounts;

/// <summary>Limits of the slice, each default with its reason.</summary>
public sealed record AccountsSettings
{
    /// <summary>PBKDF2-HMAC-SHA512 rounds; 210,000 is the figure of the OWASP password storage cheat sheet (2023) for SHA-512.</summary>
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>An official mistypes a few times; a guesser needs thousands.</summary>
    public int AttemptsBeforeLock { get; init; } = 5;

    /// <summary>Long enough to make guessing pointless, short enough that locking somebody out on purpose does not stop an office for a day.</summary>
    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong passwords from one address in <see cref="AddressWindow"/>; a whole office may stand behind one address.</summary>
    public int FailuresPerAddress { get; init; } = 60;

    public TimeSpan AddressWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A desk left alone over lunch stays signed in, overnight it does not.</summary>
    public TimeSpan PageIdle { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A working day with overtime; then log in again.</summary>
    public TimeSpan PageLongest { get; init; } = TimeSpan.FromHours(12);

    public TimeSpan ApiIdle { get; init; } = TimeSpan.FromHours(12);

    public TimeSpan ApiLongest { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often the expiry is moved on; not with every request, so that reading pages writes little.</summary>
    public TimeSpan TouchEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Password checks that may wait for a processor; more are told to come later, so that a flood of logins does not stop the office.</summary>
    public int WaitingChecks { get; init; } = 64;
}
