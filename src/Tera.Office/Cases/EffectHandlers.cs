using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>Who does which effect. An effect without a handler is told at start-up and refused when met, never silently done.</summary>
internal sealed partial class EffectHandlers
{
    private readonly FrozenDictionary<string, IActEffect> _acts;
    private readonly FrozenDictionary<string, IOutboxEffect> _later;

    public EffectHandlers(IEnumerable<IActEffect> acts, IEnumerable<IOutboxEffect> later)
    {
        _acts = acts.ToFrozenDictionary(effect => effect.Name, StringComparer.Ordinal);
        _later = later.ToFrozenDictionary(effect => effect.Name, StringComparer.Ordinal);
    }

    public IActEffect? FindAct(string name) => _acts.GetValueOrDefault(name);

    public IOutboxEffect? FindLater(string name) => _later.GetValueOrDefault(name);

    /// <summary>Says which effects of which procedures nobody does.</summary>
    public void Warn(IEnumerable<SopDefinition> definitions, ILogger log)
    {
        foreach (SopDefinition definition in definitions)
        {
            List<string> missing = [.. MissingIn(definition).Order(StringComparer.Ordinal)];
            if (missing.Count > 0)
            {
                LogMissing(log, definition.Name, string.Join(", ", missing));
            }
        }
    }

    /// <summary>Whether every effect of the procedure has somebody who does it, so that a case can reach its end.</summary>
    public bool CanRun(SopDefinition definition) => !MissingIn(definition).Any();

    private IEnumerable<string> MissingIn(SopDefinition definition) => definition.Steps
        .SelectMany(step => step.EffectsOnOpen.Concat(step.Effects).Concat(step.Outcomes.SelectMany(outcome => outcome.Effects)))
        .Select(effect => effect.Name)
        .Where(name => FindAct(name) is null && FindLater(name) is null)
        .Distinct(StringComparer.Ordinal);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Debug, Message = "The SOP {Name} is not offered: no slice does its effects {Effects}")]
    private static partial void LogMissing(ILogger log, string name, string effects);
}
