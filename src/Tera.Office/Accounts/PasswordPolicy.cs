using System.Text;
using Tera.Office.Cases;

namespace Tera.Office.Accounts;

/// <summary>Length and not the obvious (NIST SP 800-63B 5.1.1.2): no rules about kinds of characters, no forced change.</summary>
internal static class PasswordPolicy
{
    private const int MinLength = 12;
    private const int MaxBytes = 256;

    /// <returns>What is wrong, for the user; null: nothing.</returns>
    public static string? Problem(SecretText password, string username)
    {
        string text = Encoding.UTF8.GetString(password.Utf8.Span);
        if (text.EnumerateRunes().Count() < MinLength)
        {
            return $"Kata sandi paling sedikit {MinLength} karakter.";
        }

        if (password.Utf8.Length > MaxBytes || text.Any(char.IsControl))
        {
            return "Kata sandi terlalu panjang atau memuat karakter yang tidak dapat diketik.";
        }

        if (text.Contains(username, StringComparison.OrdinalIgnoreCase) || text.Distinct().Count() < 5)
        {
            return "Kata sandi terlalu mudah ditebak: jangan memakai nama akun atau huruf yang berulang.";
        }

        return null;
    }
}
