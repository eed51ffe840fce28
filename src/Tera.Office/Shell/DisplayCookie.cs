using Microsoft.AspNetCore.Http;

namespace Tera.Office.Shell;

/// <summary>Language, look and shortcuts of a browser. No personal data, so it is readable without a session.</summary>
internal static class DisplayCookie
{
    private const string Name = "tera_tampilan";

    public static (Language Language, Look Look, bool Shortcuts) Read(HttpRequest request)
    {
        string[] parts = (request.Cookies[Name] ?? "").Split('.');
        return parts is [string language, string look, string keys]
            ? (LanguageOf(language), LookOf(look), !string.Equals(keys, "0", StringComparison.Ordinal))
            : (Language.Indonesian, Look.System, true);
    }

    public static void Write(HttpContext context, Language language, Look look, bool shortcuts) =>
        context.Response.Cookies.Append(
            Name,
            $"{(language == Language.English ? "en" : "id")}.{NameOf(look)}.{(shortcuts ? '1' : '0')}",
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                Path = "/",
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            });

    public static Language LanguageOf(string? text) => string.Equals(text, "en", StringComparison.Ordinal) ? Language.English : Language.Indonesian;

    public static Look LookOf(string? text) => text switch
    {
        "terang" => Look.Light,
        "gelap" => Look.Dark,
        _ => Look.System,
    };

    public static string NameOf(Look look) => look switch
    {
        Look.Light => "terang",
        Look.Dark => "gelap",
        _ => "sistem",
    };
}
