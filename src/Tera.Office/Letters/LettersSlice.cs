using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tera.Office.Cases;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Letters.Effects;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

public static class LettersSlice
{
    public static IServiceCollection AddLetters(this IServiceCollection services, OfficeOptions options)
    {
        services.AddSingleton(new PdfConverter(new ConverterSettings { Folder = Path.Combine(options.DataFolder, "converter"), Workers = options.ConverterWorkers }));
        services.AddSingleton(new PdfTools(Path.Combine(options.DataFolder, "pdf-work")));
        services.AddSingleton<PagePictures>();
        services.AddSingleton<LetterRenderer>();
        services.AddSingleton<LetterStore>();
        services.AddSingleton<NumberRegister>();
        services.AddSingleton<LetterData>();
        services.AddSingleton<Letterheads>();
        services.AddSingleton<LetterPress>();
        services.AddSingleton<LetterReading>();
        services.AddSingleton<SigningPreparation>();
        services.AddSingleton<ILetters>(provider => new LetterDesk(
            provider.GetRequiredService<ICaseDesk>, provider.GetRequiredService<ICaseFacts>(), provider.GetRequiredService<IOrganisation>(),
            provider.GetRequiredService<LetterStore>(), provider.GetRequiredService<LetterData>(), provider.GetRequiredService<Letterheads>(),
            provider.GetRequiredService<SigningPreparation>(), provider.GetRequiredService<LetterReading>(), provider.GetRequiredService<IDocumentStore>(),
            provider.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<OfficeDb>>()));

        services.AddSingleton<IActEffect, TakeTemplate>();
        services.AddSingleton<IActEffect, TakeDraft>();
        services.AddSingleton<IActEffect, CheckDraft>();
        services.AddSingleton<IActEffect, Register>();
        services.AddSingleton<IActEffect, ReserveNumber>();
        services.AddSingleton<IActEffect, SettleNumber>();
        services.AddSingleton<IActEffect, EnterAgenda>();
        services.AddSingleton<IOutboxEffect, ConvertDraft>();
        services.AddSingleton<IOutboxEffect, PrepareFields>();
        services.AddSingleton<IOutboxEffect, ComposeLetter>();
        services.AddSingleton<IOutboxEffect, SendInside>();
        services.AddSingleton<IOutboxEffect, SendOutside>();
        services.AddSingleton<IOutboxEffect, SendToGroups>();
        services.AddSingleton<ICaseEndObserver, NumberOfEndedCase>();
        services.AddHostedService<ConverterWarmUp>();
        return services;
    }

    public static IEndpointRouteBuilder MapLetters(this IEndpointRouteBuilder endpoints)
    {
        LetterEndpoints.Map(endpoints);
        return endpoints;
    }
}

/// <summary>Starts LibreOffice while nobody waits for it yet. A machine without it still serves everything else; the first letter says what is missing.</summary>
internal sealed partial class ConverterWarmUp(PdfConverter converter, ILogger<ConverterWarmUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await converter.WarmAsync(stoppingToken);
        }
        catch (ConverterUnavailableException exception)
        {
            LogUnavailable(exception.Message);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await converter.DisposeAsync();
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Error, Message = "The PDF converter does not start: {Why}")]
    private partial void LogUnavailable(string why);
}
