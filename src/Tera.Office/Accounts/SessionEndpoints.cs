using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Api;
using Tera.Office.Cases;

namespace Tera.Office.Accounts;

/// <summary>REST: log in and out, who am I.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1").WithTags("Sesi");
        api.MapPost("/session", LoginAsync)
            .WithName("openSession").WithSummary("Masuk dengan nama akun dan kata sandi; jawabannya token untuk kepala Authorization.")
            .Accepts<Login>("application/json").Produces<SessionOpened>().ProducesProblem(401).ProducesProblem(429);
        api.MapDelete("/session", LogoutAsync).RequireAuthorization()
            .WithName("closeSession").WithSummary("Keluar; token tidak berlaku lagi.").Produces(204).ProducesProblem(401);
        api.MapGet("/me", Me).RequireAuthorization()
            .WithName("me").WithSummary("Siapa yang sedang masuk.").Produces<Me>().ProducesProblem(401);
    }

    private static async Task<IResult> LoginAsync(HttpContext context, IAccounts accounts)
    {
        (Login? login, ApiProblem? problem) = await ApiJson.ReadAsync<Login>(context);
        if (login is null)
        {
            return problem!;
        }

        using SecretText password = login.Password;
        return await accounts.LoginAsync(login.Username, password, context.Connection.RemoteIpAddress, SessionKind.Api, context.RequestAborted) switch
        {
            LoginAnswer.Opened(var session) => Results.Json(new SessionOpened(session.Token, session.ExpiresAt, PersonOf(session.Caller)), ApiJson.Options),
            LoginAnswer.TryLater(var until) => new ApiProblem(
                StatusCodes.Status429TooManyRequests, "login_locked", "Terlalu banyak percobaan", $"Coba lagi setelah {until:yyyy-MM-dd'T'HH:mm:ss'Z'}."),
            _ => ApiProblem.LoginWrong,
        };
    }

    private static async Task<IResult> LogoutAsync(HttpContext context, IAccounts accounts)
    {
        await accounts.LogoutAsync(context.FindSession()!.Token, context.RequestAborted);
        return Results.NoContent();
    }

    private static IResult Me(HttpContext context) => Results.Json(PersonOf(context.Caller()), ApiJson.Options);

    private static Me PersonOf(Caller caller) => new(caller.PersonId, caller.AgencyId, caller.Name, caller.Roles.Order().ToList());

    private sealed record Login(string Username, SecretText Password);

    private sealed record SessionOpened(string Token, DateTimeOffset ExpiresAt, Me Person);
}

internal sealed record Me(Guid PersonId, Guid AgencyId, string Name, IReadOnlyList<Role> Roles);
