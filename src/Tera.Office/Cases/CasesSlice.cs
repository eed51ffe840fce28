using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Cases.Outbox;
using Tera.Office.Storage;

namespace Tera.Office.Cases;

/// <summary>Running procedures. Other slices add their effects as <see cref="IActEffect"/> and <see cref="IOutboxEffect"/>.</summary>
public static class CasesSlice
{
    public static IServiceCollection AddCases(this IServiceCollection services, OfficeOptions options)
    {
        services.AddDataProtection()
            .SetApplicationName("tera-office")
            .PersistKeysToFileSystem(new DirectoryInfo(DurableFiles.CreateFolder(Path.Combine(options.DataFolder, "keys"))));
        services.AddSingleton<ProcedureShelf>();
        services.AddSingleton<EffectHandlers>();
        services.AddSingleton<WorkCalendars>();
        services.AddSingleton<CaseCast>();
        services.AddSingleton<CaseForms>();
        services.AddSingleton<CaseClock>();
        services.AddSingleton<CaseWriter>();
        services.AddSingleton<CaseChange>();
        services.AddSingleton<CaseOpening>();
        services.AddSingleton<CaseActs>();
        services.AddSingleton<CaseViews>();
        services.AddSingleton<ICaseDesk, CaseDesk>();
        services.AddSingleton<ICaseFacts, CaseFactsReader>();
        services.AddSingleton<IKeadaan, SertifikatAktif>();
        services.AddSingleton<IKeadaan, EmailDinasAktif>();
        services.AddSingleton<IKeadaan, EmailAktif>();
        services.AddSingleton<ISampai, SertifikatHabis>();
        services.AddSingleton<IOutboxEffect, SetReminder>();
        services.AddSingleton<IOutboxEffect, RerouteTasks>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<SubCases>();
        services.AddSingleton<OutboxRun>();
        services.AddSingleton<CaseTimers>();
        services.AddSingleton<CaseWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<CaseWorker>());
        return services;
    }

    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder endpoints)
    {
        CaseEndpoints.Map(endpoints);
        return endpoints;
    }
}
