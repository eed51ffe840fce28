using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>A case under change: commands are decided one after another, and their events wait to be written together.</summary>
internal sealed class CaseRun(SopDefinition definition, Case? state, DateTimeOffset now)
{
    private readonly List<CaseEvent> _happened = [];
    private Case? _state = state;

    public SopDefinition Definition { get; } = definition;

    public DateTimeOffset Now { get; } = now;

    public Case State => _state ?? throw new InvalidOperationException("The case has not begun.");

    public IReadOnlyList<CaseEvent> Happened => _happened;

    /// <returns>Why not; null: it is decided, and its events wait.</returns>
    public Refusal? Decide(CaseCommand command)
    {
        switch (CaseMachine.Decide(Definition, _state, command, Now))
        {
            case Decision.Accepted(var events):
                foreach (CaseEvent happened in events)
                {
                    _state = CaseMachine.Evolve(_state, happened);
                    _happened.Add(happened);
                }

                return null;
            case Decision.Refused(var refusal):
                return refusal;
            default:
                throw new InvalidOperationException("A decision is yes or no.");
        }
    }
}
