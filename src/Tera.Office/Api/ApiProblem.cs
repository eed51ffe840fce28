using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Tera.Office.Api;

/// <summary>Why the REST interface says no: problem+json (RFC 9457) with a stable <c>reason</c> for programs and Indonesian words for people.</summary>
public sealed record ApiProblem(int Status, string Reason, string Title, string Detail, string? Field = null) : IResult
{
    private const string MediaType = "application/problem+json";

    public static ApiProblem SessionMissing { get; } = new(
        StatusCodes.Status401Unauthorized, "session_missing", "Belum masuk", "Kirim kepala Authorization: Bearer dengan token dari POST /api/v1/session.");

    public static ApiProblem Forbidden { get; } = new(StatusCodes.Status403Forbidden, "forbidden", "Tidak berwenang", "Akun ini tidak berwenang untuk permintaan itu.");

    public static ApiProblem NotFound { get; } = new(StatusCodes.Status404NotFound, "not_found", "Tidak ditemukan", "Alamat atau data itu tidak ada.");

    public static ApiProblem LoginWrong { get; } = new(
        StatusCodes.Status401Unauthorized, "login_wrong", "Gagal masuk", "Nama akun atau kata sandi salah.");

    public static ApiProblem TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "too_large", "Permintaan terlalu besar", $"Isi permintaan melebihi {ApiJson.MaxBodyBytes} bita.");

    public static ApiProblem NotJson { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "not_json", "Bukan JSON", "Kirim isi permintaan sebagai application/json.");

    public static ApiProblem InvalidInput(string detail, string? field = null) => new(
        StatusCodes.Status400BadRequest, "invalid_input", "Masukan tidak sah", detail, field);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(
            new Body($"urn:tera:{Reason}", Title, Status, Detail, Reason, Field), ApiJson.Options, MediaType, context.RequestAborted);
    }

    private sealed record Body(
        string Type, string Title, int Status, string Detail, string Reason,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field);
}
