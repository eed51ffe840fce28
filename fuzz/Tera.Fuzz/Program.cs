using Tera.Fuzz;
using Tera.Fuzz.Execution;
using Tera.Fuzz.Hostile;
using Tera.Fuzz.Seeds;
using Tera.Fuzz.Targets;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args, Environment.GetEnvironmentVariable);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}
if (options.Replay is { } file)
    return Replay(file);
if (options.HostileOne is { } name)
    return HostileRun.One(name, Console.Out);
if (options.Hostile is { } pattern)
    return HostileRun.All(pattern, Console.Out);
return options.Worker is null ? new Watcher(options, Console.Out).Run() : new Worker(options, Console.Out).Run();

int Replay(string path)
{
    // The target's name begins the file's.
    var door = options.Targets.FirstOrDefault() ?? Path.GetFileName(path).Split('-')[0];
    var bank = new SeedBank(options.Corpus, new Random(options.Seed), options.Documents);
    var target = FuzzTarget.All(bank).First(t => t.Name == door);
    var finding = Guard.Run(target, File.ReadAllBytes(path), out var outcome);
    Console.WriteLine(finding is null ? $"nothing found: {outcome}" : $"{finding.Key}\n{finding.Detail}");
    return finding is null ? 0 : 1;
}
