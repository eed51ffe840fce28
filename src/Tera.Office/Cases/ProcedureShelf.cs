using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tera.Office.Storage;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>
/// The procedures: the newest of each from the folder of SOP files, and every older one that a case still keeps, from the database.
/// </summary>
internal sealed partial class ProcedureShelf(OfficeOptions options, IDbContextFactory<OfficeDb> factory, TimeProvider time, ILogger<ProcedureShelf> log)
{
    private const string Ending = ".yaml";

    private readonly ConcurrentDictionary<string, SopDefinition> _byHash = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private FrozenDictionary<string, SopDefinition>? _newest;

    /// <summary>The procedures that new cases may start with, by name.</summary>
    public IReadOnlyDictionary<string, SopDefinition> Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest ??= ReadFolder();
            }
        }
    }

    /// <summary>The definition a case keeps.</summary>
    public async Task<SopDefinition> KeptAsync(string hash, CancellationToken cancellation)
    {
        _ = Newest;
        if (_byHash.TryGetValue(hash, out SopDefinition? known))
        {
            return known;
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        CaseDefinitionRow row = await db.Set<CaseDefinitionRow>().AsNoTracking().SingleAsync(definition => definition.Hash == hash, cancellation);
        return Read(row.Name, Encoding.UTF8.GetBytes(row.Source))
            ?? throw new InvalidDataException($"The stored definition {hash} of {row.Name} can no longer be read.");
    }

    /// <summary>Keeps the text of a definition for as long as cases refer to it.</summary>
    public async Task KeepAsync(OfficeDb db, SopDefinition definition, CancellationToken cancellation)
    {
        string hash = definition.Hash.Value;
        if (!await db.Set<CaseDefinitionRow>().AnyAsync(row => row.Hash == hash, cancellation))
        {
            db.Add(new CaseDefinitionRow { Hash = hash, Name = definition.Name, Source = definition.Source, SeenAt = time.GetUtcNow() });
        }
    }

    private FrozenDictionary<string, SopDefinition> ReadFolder()
    {
        string root = Path.GetFullPath(options.SopFolder);
        var found = new Dictionary<string, SopDefinition>(StringComparer.Ordinal);
        if (!Directory.Exists(root))
        {
            LogNoFolder(root);
            return found.ToFrozenDictionary(StringComparer.Ordinal);
        }

        foreach (string file in Directory.EnumerateFiles(root, "*" + Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(root, file)[..^Ending.Length].Replace(Path.DirectorySeparatorChar, '/');
            if (name.StartsWith(WorkCalendars.Folder + "/", StringComparison.Ordinal))
            {
                continue;
            }

            if (Read(name, File.ReadAllBytes(file)) is { } definition)
            {
                found[definition.Name] = definition;
            }
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private SopDefinition? Read(string name, byte[] content)
    {
        switch (SopReader.Read(name, content))
        {
            case SopReading.Good(var definition):
                return _byHash.GetOrAdd(definition.Hash.Value, definition);
            case SopReading.Bad(var problems):
                LogBadFile(name, problems.Count, problems[0].ToString());
                return null;
            default:
                return null;
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "The SOP {Name} is left out, it has {Count} problems; the first: {Problem}")]
    private partial void LogBadFile(string name, int count, string problem);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "There is no folder of SOP files at {Folder}; no procedure can be started")]
    private partial void LogNoFolder(string folder);
}
