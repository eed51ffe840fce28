using Microsoft.AspNetCore.Http;

namespace Tera.Office.Shell;

/// <summary>The switches for language, look and shortcuts: one small form in the foot of every page.</summary>
internal static class DisplaySettings
{
    public static async Task<IResult> Change(HttpContext context, Visit visit)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        DisplayCookie.Write(
            context,
            form.Filled("bahasa") is string language ? DisplayCookie.LanguageOf(language) : visit.Language,
            form.Filled("rupa") is string look ? DisplayCookie.LookOf(look) : visit.Look,
            form.Filled("pintasan") is string keys ? string.Equals(keys, "1", StringComparison.Ordinal) : visit.Shortcuts);
        return Results.Redirect(PageRoutes.LocalOr(form.Filled("kembali")));
    }
}
