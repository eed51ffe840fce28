using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>
/// The whole procedure engine: two pure functions. Whatever <see cref="Decide"/> accepts, <see cref="Evolve"/> folds, and
/// folding the same events always gives the same case.
/// </summary>
public static class CaseMachine
{
    /// <summary>Decides whether a command is allowed, and what then happens.</summary>
    /// <param name="definition">The definition the case keeps.</param>
    /// <param name="current">The case; null before <see cref="StartCase"/>.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="now">The instant.</param>
    /// <returns>The events, or the refusal. Nothing is changed.</returns>
    public static Decision Decide(SopDefinition definition, Case? current, CaseCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(command);
        if (command is StartCase start)
        {
            return current is null ? Starting.Decide(definition, start, now) : Refuse.Because(RefusalReason.AlreadyStarted);
        }

        if (current is null)
        {
            return Refuse.Because(RefusalReason.NotStarted);
        }

        if (!string.Equals(current.Definition, definition.Hash.Value, StringComparison.Ordinal))
        {
            return Refuse.Because(RefusalReason.OtherDefinition, null, current.Definition);
        }

        var progress = new Progress(definition, current, now);
        if (command is EffectSucceeded or EffectFailed)
        {
            return Reports.Decide(progress, command);
        }

        if (current.End is { } end)
        {
            return Refuse.Because(RefusalReason.CaseEnded, null, end);
        }

        return command switch
        {
            CompleteStep complete => Completing.Decide(progress, complete),
            SubCaseEnded or TimeReached or ExternalEvent or Expired or RecordEquivalent or RetryEffects => Reports.Decide(progress, command),
            MarkRead or Withdraw or Reassign or CancelCase or LaneEmpty => Administration.Decide(progress, command),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "An unknown command."),
        };
    }

    /// <summary>Folds one event into the case.</summary>
    /// <param name="current">The case; null before <see cref="CaseStarted"/>.</param>
    /// <param name="happened">The event.</param>
    /// <exception cref="ArgumentException">The event does not belong to this case at this point.</exception>
    public static Case Evolve(Case? current, CaseEvent happened) => Evolution.Fold(current, happened);

    /// <summary>Folds stored events.</summary>
    /// <param name="history">All events of one case, oldest first.</param>
    /// <exception cref="ArgumentException">The events are not those of one case.</exception>
    public static Case Replay(IEnumerable<CaseEvent> history)
    {
        Case? current = null;
        foreach (var happened in history)
        {
            current = Evolve(current, happened);
        }

        return current ?? throw new ArgumentException("A case has at least one event.", nameof(history));
    }
}
