namespace Tera.Sop.Cases;

internal static class Refuse
{
    public static Decision Because(RefusalReason reason, string? step = null, params IReadOnlyList<string> data) =>
        new Decision.Refused(new Refusal(reason, step, data));
}
