using System.Globalization;

namespace Tera.Door.Serve;

/// <summary>What the command line and the environment say about serving. The one place of the product that reads the environment.</summary>
internal sealed record ServeOptions
{
    public required string DataFolder { get; init; }

    public required Uri Listen { get; init; }

    /// <summary>The address people and QR codes use; the listening address unless said otherwise.</summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary>Where the office finds the authority; the same process unless said otherwise.</summary>
    public required Uri AuthorityBaseUrl { get; init; }

    /// <summary>File with the office's client secret at the authority.</summary>
    public required string AuthoritySecretFile { get; init; }

    /// <summary>PostgreSQL connection string of the office, or null for SQLite.</summary>
    public string? OfficeDatabase { get; init; }

    /// <summary>PostgreSQL connection string of the authority, or null for SQLite.</summary>
    public string? AuthorityDatabase { get; init; }

    /// <summary>Null: the trial's own catcher on loopback.</summary>
    public SmtpServer? Smtp { get; init; }

    public bool DemoAgency { get; init; } = true;

    public const string Usage = """
        tera [serve|office|authority] [options]
          --data DIR                 data folder                               (TERA_DATA; ./data)
          --listen URL               address to listen on                      (TERA_LISTEN; http://127.0.0.1:8080)
          --public-url URL           address people and QR codes use           (TERA_PUBLIC_URL; the listening address)
          --authority URL            where the office finds the authority      (TERA_AUTHORITY; the same process)
          --authority-secret FILE    the office's client secret there          (TERA_AUTHORITY_SECRET_FILE; data/authority/clients/tera-office.secret)
          --office-db CONNECTION     PostgreSQL instead of SQLite              (TERA_OFFICE_DB)
          --authority-db CONNECTION  PostgreSQL instead of SQLite              (TERA_AUTHORITY_DB)
          --smtp HOST:PORT           mail server                               (TERA_SMTP; a catcher on loopback that keeps the mails in data/mail)
          --mail-from ADDRESS        sender of the mails                       (TERA_MAIL_FROM; tera@localhost)
          --no-demo                  no demo agency on an empty data folder    (TERA_NO_DEMO=1)
        """;

    public static ServeOptions Parse(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--no-demo":
                    given["--no-demo"] = "1";
                    break;
                case "--data" or "--listen" or "--public-url" or "--authority" or "--authority-secret" or "--office-db" or "--authority-db" or "--smtp" or "--mail-from":
                    given[args[i]] = i + 1 < args.Count ? args[i + 1] : throw new UsageException($"{args[i]} needs a value");
                    i++;
                    break;
                default:
                    throw new UsageException($"unknown option '{args[i]}'");
            }
        }

        string? Value(string option, string variable) =>
            given.TryGetValue(option, out string? value) ? value : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : null;

        string data = Path.GetFullPath(Value("--data", "TERA_DATA") ?? "data");
        Uri listen = Address("--listen", Value("--listen", "TERA_LISTEN") ?? "http://127.0.0.1:8080");
        Uri publicUrl = Value("--public-url", "TERA_PUBLIC_URL") is { } named ? Address("--public-url", named) : listen;
        string from = Value("--mail-from", "TERA_MAIL_FROM") ?? "tera@localhost";
        return new ServeOptions
        {
            DataFolder = data,
            Listen = listen,
            PublicBaseUrl = publicUrl,
            AuthorityBaseUrl = Value("--authority", "TERA_AUTHORITY") is { } authority ? Address("--authority", authority) : listen,
            AuthoritySecretFile = Value("--authority-secret", "TERA_AUTHORITY_SECRET_FILE") ?? Path.Combine(data, "authority", "clients", "tera-office.secret"),
            OfficeDatabase = Value("--office-db", "TERA_OFFICE_DB"),
            AuthorityDatabase = Value("--authority-db", "TERA_AUTHORITY_DB"),
            Smtp = Value("--smtp", "TERA_SMTP") is { } smtp ? SmtpServer.Parse(smtp, from) : null,
            DemoAgency = Value("--no-demo", "TERA_NO_DEMO") is null or "0",
        };
    }

    private static Uri Address(string option, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new Uri(address.GetLeftPart(UriPartial.Authority) + "/")
            : throw new UsageException($"{option}: '{text}' is not an http or https address");
}

internal sealed record SmtpServer(string Host, int Port, string From)
{
    public static SmtpServer Parse(string text, string from)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? new SmtpServer(text[..colon], port, from)
            : throw new UsageException($"--smtp: '{text}' is not HOST:PORT");
    }
}
