using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Pdf;

/// <summary>The passwords of the encrypted foreign files, as their projects' own tests give them.</summary>
internal static class CorpusPasswords
{
    private const string Keys = "qwertyuiopasdfghjklzxcvbnm";

    private static readonly string[] All =
        ["", "123", "Hello", "user", "u", "uhexapdf", "usersecret", "secret", "view", "wwwww", "password", "asdfasdf", "h\u00F4tel", " ", $"{Keys}{Keys}{Keys}{Keys}qwertyuiopasdfghjklzxcv"];

    /// <summary>The password that opens a file; null where none of them does.</summary>
    public static string? For(byte[] pdf) => Array.Find(All, password =>
    {
        try
        {
            return PdfFile.Open(pdf, password: password.AsMemory()) is not null;
        }
        catch (PdfException refused)
        {
            return refused.Refusal != PdfRefusal.WrongPassword;
        }
    });
}
