using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>What may be taken back: a decision, form or disposition that left nothing behind in the world.</summary>
internal static class Withdrawal
{
    public static WithdrawPoint? PointOf(SopDefinition definition, Step step, Outcome outcome, Deed deed) =>
        deed.By is { } by && outcome.Goes is OutcomeTarget.Next && step.Kind is StepKind.Isi or StepKind.Putus or StepKind.Disposisi && !step.Rahasia
            && step.Effects.Concat(outcome.Effects).All(effect => IsUndoable(definition, effect))
            ? new WithdrawPoint(step.Id, deed.Member, by.Person)
            : null;

    public static bool IsUndoable(SopDefinition definition, EffectCall effect) =>
        EffectCatalog.Find(effect.Name)!.Undoable || (effect.Name is "ttd.paraf" && definition.Paraf == ParafMode.Catatan);
}
