using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Tera.Office.Accounts;
using Tera.Office.Api;
using Tera.Office.Letters.Docx;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>REST of letters. Downloads are the stored bytes and nothing else.</summary>
internal static class LetterEndpoints
{
    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1/letters").WithTags("Naskah").RequireAuthorization();
        api.MapGet("/templates", async (HttpContext context, ILetters letters) => Results.Json(await letters.TemplatesAsync(context.Caller(), context.RequestAborted), ApiJson.Options))
            .WithName("letterTemplates").WithSummary("Templat naskah instansi.").Produces<IReadOnlyList<LetterTemplate>>();
        api.MapGet("/templates/{id}/file", TemplateAsync).WithName("letterTemplateFile").WithSummary("Berkas .docx sebuah templat.").Produces(200, contentType: DocxType).ProducesProblem(404);
        api.MapGet("/received", async (HttpContext context, ILetters letters) => Results.Json(await letters.ReceivedAsync(context.Caller(), 200, context.RequestAborted), ApiJson.Options))
            .WithName("receivedLetters").WithSummary("Surat masuk untuk jabatan yang dipegang, terbaru dahulu.").Produces<IReadOnlyList<ReceivedLetter>>();
        api.MapGet("/{caseId:guid}", FindAsync).WithName("letter").WithSummary("Naskah sebuah perkara.").Produces(200).ProducesProblem(404);
        api.MapPut("/{caseId:guid}/template", TemplateChoiceAsync).WithName("chooseTemplate").WithSummary("Pilih templat.").Produces(200).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapPut("/{caseId:guid}/draft", DraftAsync).WithName("stageDraft")
            .WithSummary("Unggah konsep .docx: isi mentah dengan kepala X-File-Name, atau multipart/form-data dengan bagian file.").Produces(200).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);
        api.MapPut("/{caseId:guid}/registration", RegistrationAsync).WithName("stageRegistration").WithSummary("Isi formulir registrasi.").Accepts<RegistrationForm>("application/json").Produces(200).ProducesProblem(422);
        api.MapPost("/{caseId:guid}/prepare", async (HttpContext context, ILetters letters, Guid caseId) => Answer(await letters.PrepareForSigningAsync(context.Caller(), caseId, context.RequestAborted)))
            .WithName("prepareLetter").WithSummary("Siapkan bita yang akan ditandatangani, bertanggal hari ini.").Produces(200).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/{caseId:guid}/draft", (HttpContext context, ILetters letters, Guid caseId) => FileAsync(context, letters, caseId, draft: true))
            .WithName("letterDraft").WithSummary("Konsep .docx terakhir.").Produces(200, contentType: DocxType).ProducesProblem(404);
        api.MapGet("/{caseId:guid}/pdf", (HttpContext context, ILetters letters, Guid caseId) => FileAsync(context, letters, caseId, draft: false))
            .WithName("letterPdf").WithSummary("PDF naskah; ?hash= untuk versi tertentu.").Produces(200, contentType: "application/pdf").ProducesProblem(404);
        api.MapGet("/{caseId:guid}/pages/{page:int}.png", PageAsync).WithName("letterPage").WithSummary("Gambar satu halaman; ?hash= dan ?width=.").Produces(200, contentType: "image/png").ProducesProblem(404);
        endpoints.MapGet("/api/v1/registers/outgoing", RegisterAsync).WithTags("Naskah").RequireAuthorization()
            .WithName("outgoingRegister").WithSummary("Buku agenda surat keluar setahun, termasuk nomor batal.").Produces<IReadOnlyList<RegisterLine>>();
    }

    private static async Task<IResult> TemplateAsync(HttpContext context, ILetters letters, string id) =>
        await letters.TemplateFileAsync(context.Caller(), id, context.RequestAborted) is { } file
            ? Download(context, new MemoryStream(file, writable: false), DocxType, $"templat-{id}.docx", null)
            : ApiProblem.NotFound;

    private static async Task<IResult> FindAsync(HttpContext context, ILetters letters, Guid caseId) =>
        await letters.FindAsync(context.Caller(), caseId, context.RequestAborted) is { } letter ? Results.Json(Shown(letter), ApiJson.Options) : ApiProblem.NotFound;

    private static async Task<IResult> TemplateChoiceAsync(HttpContext context, ILetters letters, Guid caseId)
    {
        (TemplateChoice? choice, ApiProblem? problem) = await ApiJson.ReadAsync<TemplateChoice>(context);
        return choice is null ? problem! : Answer(await letters.ChooseTemplateAsync(context.Caller(), caseId, choice.TemplateId, context.RequestAborted));
    }

    private static async Task<IResult> DraftAsync(HttpContext context, ILetters letters, Guid caseId)
    {
        // The bytes are counted by the slice; this is the file with the parts of a form around it.
        long most = DocxLimits.Default.FileBytes + (1 << 20);
        if (context.Request.ContentLength > most)
        {
            // Answered before the server's limit is lowered: the server then reads the rest away, and the sender sees the answer instead of a broken connection.
            return TooLarge();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        try
        {
            return await StageDraftAsync(context, letters, caseId, most);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
    }

    private static async Task<IResult> StageDraftAsync(HttpContext context, ILetters letters, Guid caseId, long most)
    {
        if (!context.Request.HasFormContentType)
        {
            string name = Uri.UnescapeDataString(context.Request.Headers["X-File-Name"].ToString());
            return name.Length == 0
                ? ApiProblem.InvalidInput("Kirim nama berkas di kepala X-File-Name.", "X-File-Name")
                : Answer(await letters.StageDraftAsync(context.Caller(), caseId, name, context.Request.Body, context.RequestAborted));
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = most, ValueCountLimit = 16 }, context.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException || (unreadable is IOException and not BadHttpRequestException))
        {
            return ApiProblem.InvalidInput("Isi multipart/form-data tidak dapat dibaca atau terputus.");
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            return ApiProblem.InvalidInput("Kirim berkas pada bagian bernama file.", "file");
        }

        await using Stream content = file.OpenReadStream();
        return Answer(await letters.StageDraftAsync(context.Caller(), caseId, file.FileName, content, context.RequestAborted));
    }

    private static ApiProblem TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "too_large", "Berkas terlalu besar", $"Berkas lebih besar daripada {DocxLimits.Default.FileBytes >> 20} MB.");

    private static async Task<IResult> RegistrationAsync(HttpContext context, ILetters letters, Guid caseId)
    {
        (RegistrationForm? form, ApiProblem? problem) = await ApiJson.ReadAsync<RegistrationForm>(context);
        return form is null ? problem! : Answer(await letters.StageRegistrationAsync(context.Caller(), caseId, form.ToRegistration(), context.RequestAborted));
    }

    private static async Task<IResult> FileAsync(HttpContext context, ILetters letters, Guid caseId, bool draft)
    {
        if (!TryHash(context, out Sha256Digest? hash))
        {
            return ApiProblem.InvalidInput("hash adalah SHA-256 dalam 64 digit heksadesimal.", "hash");
        }

        if (draft)
        {
            hash = (await letters.FindAsync(context.Caller(), caseId, context.RequestAborted))?.DraftDocx;
            if (hash is null)
            {
                return ApiProblem.NotFound;
            }
        }

        return await letters.FileAsync(context.Caller(), caseId, hash, context.RequestAborted) is { } file
            ? Download(context, file.Content, file.ContentType, file.FileName, file.Hash)
            : ApiProblem.NotFound;
    }

    private static async Task<IResult> PageAsync(HttpContext context, ILetters letters, Guid caseId, int page)
    {
        if (!TryHash(context, out Sha256Digest? hash))
        {
            return ApiProblem.InvalidInput("hash adalah SHA-256 dalam 64 digit heksadesimal.", "hash");
        }

        int width = int.TryParse(context.Request.Query["width"], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 800;
        if (await letters.PageImageAsync(context.Caller(), caseId, hash, page, width, context.RequestAborted) is not { } png)
        {
            return ApiProblem.NotFound;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = hash is null ? "private, no-cache" : "private, max-age=86400, immutable";
        return Results.Bytes(png, "image/png");
    }

    private static async Task<IResult> RegisterAsync(HttpContext context, ILetters letters, TimeProvider time, int? year, string? kind) =>
        Results.Json(await letters.OutgoingRegisterAsync(context.Caller(), year ?? time.GetUtcNow().Year, kind, context.RequestAborted), ApiJson.Options);

    private static IResult Download(HttpContext context, Stream content, string type, string name, Sha256Digest? hash)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Stream(content, type, name, entityTag: hash is { } tag ? new EntityTagHeaderValue($"\"{tag}\"") : null, enableRangeProcessing: true);
    }

    private static bool TryHash(HttpContext context, out Sha256Digest? hash)
    {
        string text = context.Request.Query["hash"].ToString();
        bool valid = Sha256Digest.TryParse(text, out Sha256Digest parsed);
        hash = valid ? parsed : null;
        return valid || text.Length == 0;
    }

    private static IResult Answer(LetterAnswer answer) => answer switch
    {
        LetterAnswer.Done(var letter) => Results.Json(Shown(letter), ApiJson.Options),
        LetterAnswer.Refused refused => LetterRefusals.ToProblem(refused),
        _ => throw new InvalidOperationException("An unknown answer."),
    };

    private static object Shown(LetterPage letter) => new
    {
        letter.CaseId, letter.TemplateId, letter.Registration, letter.Number, letter.NumberFinal, letter.Date,
        DraftDocx = letter.DraftDocx?.Hex, letter.DraftFileName, CurrentPdf = letter.CurrentPdf?.Hex, letter.Signed, letter.Code,
        Versions = letter.Versions.Select(version => new { version.Seq, version.Kind, Hash = version.Hash.Hex, version.Length, version.MadeBy, version.At }).ToList(),
        letter.Dispatches,
    };

    private sealed record TemplateChoice(string TemplateId);

    private sealed record RegistrationForm(
        string Kind, string Hal, string Sifat, string Urgensi, string Classification, IReadOnlyList<LetterDestination> Destinations,
        string? Ringkas = null, string Mark = "qr", IReadOnlyList<Guid>? Verifiers = null, Guid? SignerPosition = null, Guid? SignerPerson = null, string? Lampiran = null, IReadOnlyList<string>? Tembusan = null)
    {
        public LetterRegistration ToRegistration() => new(Kind, Hal, Ringkas, Sifat, Urgensi, Classification, Mark, Destinations, Verifiers ?? [], SignerPosition)
        {
            SignerPerson = SignerPerson,
            Lampiran = Lampiran,
            Tembusan = Tembusan ?? [],
        };
    }
}
