using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Shell;
using Tera.Office.Signing;

namespace Tera.Office.Accounts.Pages;

/// <summary>The door, and a person's own page.</summary>
internal static class AccountPages
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder open = endpoints.MapPublicPages();
        open.MapGet("/masuk", ShowLogin);
        open.MapForm("/masuk", LoginAsync);
        open.MapForm("/keluar", LogoutAsync);
        RouteGroupBuilder inside = endpoints.MapSignedInPages();
        inside.MapGet("/akun", ShowAccountAsync);
        inside.MapForm("/akun/sandi", ChangePasswordAsync);
    }

    private static IResult ShowLogin(HttpContext context, Visit visit, string? kembali) =>
        visit.Caller is null
            ? PageRoutes.Show<LoginScreen>(new { Back = PageRoutes.LocalOr(kembali) })
            : Results.Redirect(PageRoutes.LocalOr(kembali));

    private static async Task<IResult> LoginAsync(HttpContext context, Visit visit, IAccounts accounts)
    {
        IFormCollection form = context.Request.Form;
        string back = PageRoutes.LocalOr(form.Filled("kembali"));

        // A trial signs in by one click; without a trial the field means nothing.
        bool demo = visit.IsTrial && form.Filled("demo") is not null;
        string name = form.Text(demo ? "demo" : "nama");
        using var password = new SecretText(Encoding.UTF8.GetBytes(demo ? DemoAgency.Password : form["sandi"].ToString()));
        LoginAnswer answer = await accounts.LoginAsync(name, password, context.Connection.RemoteIpAddress, SessionKind.Page, context.RequestAborted);
        switch (answer)
        {
            case LoginAnswer.Opened opened:
                SessionCookie.Write(context, opened.Session);
                return Results.Redirect(back);
            case LoginAnswer.TryLater later:
                string until = visit.Time.Brief(later.Until, visit.Now);
                return PageRoutes.Show<LoginScreen>(
                    new
                    {
                        Back = back,
                        UserName = name,
                        Problem = visit.T($"Terlalu banyak percobaan. Coba lagi setelah {until}.", $"Too many attempts. Try again after {until}."),
                    },
                    StatusCodes.Status429TooManyRequests);
            default:
                return PageRoutes.Show<LoginScreen>(
                    new { Back = back, UserName = name, Problem = visit.T("Nama akun atau kata sandi salah.", "The user name or the password is wrong.") },
                    StatusCodes.Status401Unauthorized);
        }
    }

    private static async Task<IResult> LogoutAsync(HttpContext context, IAccounts accounts)
    {
        if (context.FindSession() is { } session)
        {
            await accounts.LogoutAsync(session.Token, context.RequestAborted);
        }

        SessionCookie.Delete(context);
        return Results.Redirect("/masuk");
    }

    private static async Task<IResult> ShowAccountAsync(
        HttpContext context, Visit visit, IOrganisation organisation, IAuthorityClient authority, string? sandi) =>
        await AccountAsync(context, visit, organisation, authority, [], string.Equals(sandi, "baru", StringComparison.Ordinal));

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, Visit visit, IAccounts accounts, IOrganisation organisation, IAuthorityClient authority)
    {
        IFormCollection form = context.Request.Form;
        if (!string.Equals(form["baru"], form["ulang"], StringComparison.Ordinal))
        {
            return await Refused("ulang", visit.T("Kata sandi baru tidak sama di kedua isian.", "The two new passwords differ."));
        }

        using var old = new SecretText(Encoding.UTF8.GetBytes(form["lama"].ToString()));
        using var wanted = new SecretText(Encoding.UTF8.GetBytes(form["baru"].ToString()));
        return await accounts.ChangePasswordAsync(context.Caller(), old, wanted, context.FindSession()?.Token, context.RequestAborted) switch
        {
            PasswordAnswer.Weak weak => await Refused("baru", weak.Message),
            PasswordAnswer.WrongOld => await Refused("lama", visit.T("Kata sandi lama salah.", "The old password is wrong.")),
            _ => Results.Redirect("/akun?sandi=baru"),
        };

        Task<IResult> Refused(string field, string message) =>
            AccountAsync(context, visit, organisation, authority, [new FieldProblem(field, message)], changed: false);
    }

    private static async Task<IResult> AccountAsync(
        HttpContext context, Visit visit, IOrganisation organisation, IAuthorityClient authority, IReadOnlyList<FieldProblem> problems, bool changed)
    {
        Caller caller = context.Caller();
        (Credential? credential, bool reached) = await FindCredentialAsync(authority, caller, context.RequestAborted);
        return PageRoutes.Show<AccountScreen>(
            new
            {
                Caller = caller,
                Person = await organisation.FindPersonAsync(caller.PersonId, context.RequestAborted),
                Holdings = await organisation.HoldingsOfAsync(caller.PersonId, visit.Time.DayIn(visit.Now), context.RequestAborted),
                Credential = credential,
                AuthorityReached = reached,
                Problems = problems,
                Changed = changed,
            },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>The page shows the account also while the authority is away.</summary>
    private static async Task<(Credential? Credential, bool Reached)> FindCredentialAsync(IAuthorityClient authority, Caller caller, CancellationToken cancellation)
    {
        try
        {
            return (await authority.FindCredentialAsync(caller.PersonId, cancellation), true);
        }
        catch (Exception problem) when (problem is HttpRequestException or AuthorityUnreachableException or AuthorityRefusedException or IOException or SocketException
            || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, false);
        }
    }
}
