using Microsoft.AspNetCore.Http;

namespace Tera.Office.Cases.Pages;

/// <summary>A screen that another slice draws for steps whose work is its own (a letter's registration); other steps get the generic ones.</summary>
internal interface IStepScreen
{
    bool Fits(OpenTask task);

    Task<IResult> ShowAsync(HttpContext context, CasePage page, OpenTask task);
}
