using Microsoft.AspNetCore.Http;
using Tera.Office.Accounts;
using Tera.Office.Organisation;

namespace Tera.Office.Shell;

/// <summary>One request to a page, as the pages see it: who asks, in which language, zone and look. One object a request.</summary>
public sealed class Visit(TimeProvider clock, OfficeOptions options, IOrganisation organisation)
{
    public Caller? Caller { get; private set; }

    /// <summary>The caller's agency; null on public pages.</summary>
    public Agency? Agency { get; private set; }

    public Language Language { get; private set; } = Language.Indonesian;

    public Look Look { get; private set; } = Look.System;

    /// <summary>Single-key shortcuts; off when the person switched them off (WCAG 2.1.4).</summary>
    public bool Shortcuts { get; private set; } = true;

    /// <summary>Path and query of the page, to come back to after a form of the shell.</summary>
    public string Here { get; private set; } = "/";

    public AgencyTime Time { get; private set; } = AgencyTime.Jakarta;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A trial shows the demo accounts at the door.</summary>
    public bool IsTrial => options.SeedDemoAgency;

    /// <summary>Indonesian first, English beside it: the pair stands where it is used.</summary>
    public string T(string indonesian, string english) => Language == Language.English ? english : indonesian;

    public string LanguageTag => Language == Language.English ? "en" : "id";

    internal async Task OpenAsync(HttpContext context, CancellationToken cancellation)
    {
        Caller = context.FindCaller();
        (Language, Look, Shortcuts) = DisplayCookie.Read(context.Request);
        Here = context.Request.Path + context.Request.QueryString;
        if (Caller is not null)
        {
            Agency = await organisation.FindAgencyAsync(Caller.AgencyId, cancellation);
            Time = Agency is null ? AgencyTime.Jakarta : AgencyTime.Of(Agency.Zone);
        }

        Time = Time with { Language = Language };
    }

    /// <summary>Pages about an agency that nobody signed in to (the public check) are shown in that agency's zone.</summary>
    internal void ShowIn(string zone) => Time = AgencyTime.Of(zone) with { Language = Language };
}

public enum Language
{
    Indonesian,
    English,
}

/// <summary>Light or dark: as the device says, or as the person chose.</summary>
public enum Look
{
    System,
    Light,
    Dark,
}
