using System.Security.Cryptography;
using System.Text;

namespace Tera.Office.Cases;

/// <summary>Checks what came from outside before anything looks at it.</summary>
internal static class ActInput
{
    public const int LongestTitle = 300;
    private const int LongestReason = 2000;
    private const int LongestKey = 128;
    private const int LongestName = 100;

    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Problem(StepAct act) =>
        !IsKey(act.IdempotencyKey) ? "Kunci formulir (Idempotency-Key) harus 1 sampai 128 karakter ASCII."
        : !IsName(act.StepId) || !IsName(act.Outcome) || (act.ReturnTo is not null && !IsName(act.ReturnTo)) ? "Nama langkah, pilihan, atau tujuan pengembalian tidak sah."
        : act.Reason is { } reason && ReasonProblem(reason) is { } wrong ? wrong
        : act.Fields.Count > CaseForms.MostFields || act.Fields.Any(field => !IsName(field.Key) || field.Value.Length > CaseForms.LongestValue || HasControl(field.Value))
            ? $"Isian paling banyak {CaseForms.MostFields}, masing-masing paling panjang {CaseForms.LongestValue} karakter tanpa karakter kendali."
        : act.Checked.Count > CaseForms.MostFields || act.Checked.Any(line => !IsName(line)) ? "Daftar periksa tidak sah."
        : null;

    public static string? ReasonProblem(string reason) =>
        reason.Length > LongestReason || HasControl(reason) ? $"Alasan paling banyak {LongestReason} karakter tanpa karakter kendali." : null;

    public static string? TitleProblem(string title) =>
        string.IsNullOrWhiteSpace(title) ? "Tuliskan judul."
        : title.Length > LongestTitle ? $"Judul paling banyak {LongestTitle} karakter."
        : title.Any(char.IsControl) || HasBrokenText(title) ? "Judul tidak boleh memuat karakter kendali."
        : null;

    public static bool IsKey(string key) => key.Length is > 0 and <= LongestKey && key.All(c => c is > ' ' and < (char)127);

    /// <summary>What one request asks for; secrets are no part of it.</summary>
    public static string FingerprintOf(StepAct act)
    {
        var text = new StringBuilder();
        foreach (string? part in new[] { act.CaseId.ToString(), act.StepId, act.Outcome, act.ReturnTo, act.Reason, act.SeenHash })
        {
            Append(text, part);
        }

        foreach ((string name, string value) in act.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Append(text, name);
            Append(text, value);
        }

        foreach (string line in act.Checked.Order(StringComparer.Ordinal))
        {
            Append(text, line);
        }

        return Hash(text);
    }

    public static string FingerprintOf(string sop, string title)
    {
        var text = new StringBuilder();
        Append(text, "mulai");
        Append(text, sop);
        Append(text, title);
        return Hash(text);
    }

    /// <summary>Length first, so that no two different lists give the same text.</summary>
    private static void Append(StringBuilder text, string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part).Append(';');

    private static string Hash(StringBuilder text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) && !HasBrokenText(name);

    /// <summary>Line breaks and tabs are how people write; other control characters are how logs and screens are forged.</summary>
    private static bool HasControl(string text) => text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || HasBrokenText(text);

    /// <summary>Half a surrogate pair cannot be stored as UTF-8, nor a NUL in PostgreSQL.</summary>
    private static bool HasBrokenText(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return true;
            }
        }

        return false;
    }
}
