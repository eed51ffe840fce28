using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

internal static class Starting
{
    public static Decision Decide(SopDefinition definition, StartCase command, DateTimeOffset now)
    {
        var first = definition.First;
        if (first.IsHuman && command.Starter is { } starter && first.Lane is { } lane && !starter.Lanes.Contains(lane, StringComparer.Ordinal))
        {
            return Refuse.Because(RefusalReason.WrongLane, first.Id, lane);
        }

        var progress = new Progress(definition, null, now);
        progress.Emit(new CaseStarted(now, command.Case, definition.Name, definition.Hash.Value, command.Starter?.Signature, command.Parent));
        progress.Open(first, OpenedBecause.Start);
        return progress.Accept();
    }
}
