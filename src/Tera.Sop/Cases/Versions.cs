using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>Which versions may be added where, and whether what was seen is what is there.</summary>
internal static class Versions
{
    public static Decision? CheckPersons(SopDefinition definition, Case current, Step step, Outcome outcome, CompleteStep command)
    {
        var about = definition.Graph.VersionedDocuments(step);
        if (CheckSeen(current, step, outcome, command, about) is { } unseen)
        {
            return unseen;
        }

        var selfEdit = outcome.Goes is OutcomeTarget.Return back && Returning.IsSelfEdit(command.Target ?? back.Targets[0]);
        foreach (var version in command.Versions)
        {
            var allowed = about.Contains(version.Document, StringComparer.Ordinal) && command.Versions.Count(other => Same(other.Document, version.Document)) == 1 && version.Kind switch
            {
                VersionKind.New => (selfEdit || (step.Kind == StepKind.Isi && outcome.IsForward)) && !IsSealed(definition, step, version.Document),
                VersionKind.Extends => outcome.IsApproving && (step.Kind == StepKind.Tte || (step.Kind == StepKind.Putus && definition.Paraf == ParafMode.Pades)),
                _ => false,
            };
            if (!allowed)
            {
                return Refuse.Because(RefusalReason.VersionNotAllowed, step.Id, version.Document);
            }

            if (CheckShape(current, step, version, current.Document(version.Document)?.Current?.Hash) is { } refusal)
            {
                return refusal;
            }
        }

        var edited = selfEdit ? Returning.Editable(definition, step)! : null;
        if (edited is not null && !command.Versions.Any(version => Same(version.Document, edited) && version.Hash != current.Document(edited)?.Current?.Hash))
        {
            return Refuse.Because(RefusalReason.VersionMissing, step.Id, edited);
        }

        return outcome.IsForward ? CheckPresent(current, step, command, about) : null;
    }

    /// <summary>An effect may prepare new content; while a decision or signature is being carried out it may only continue what was seen.</summary>
    public static Decision? CheckProduced(SopDefinition definition, Case current, OpenEffect effect, IReadOnlyList<NewVersion> versions)
    {
        var step = definition.Step(effect.Step);
        var pending = current.Buffered;
        foreach (var version in versions)
        {
            if (definition.FindDocument(version.Document) is null)
            {
                return Refuse.Because(RefusalReason.DocumentUnknown, step.Id, version.Document);
            }

            var seals = step.Kind is StepKind.Putus or StepKind.Tte && effect.Phase == EffectPhase.Doing;
            if (definition.FindDocument(version.Document) is not { Berversi: true } || !effect.Awaited
                || (version.Kind == VersionKind.New && (seals || IsSealed(definition, step, version.Document))))
            {
                return Refuse.Because(RefusalReason.VersionNotAllowed, step.Id, version.Document);
            }

            var last = pending.FindLast(known => Same(known.Document, version.Document))?.Hash ?? current.Document(version.Document)?.Current?.Hash;
            if (CheckShape(current, step, version, last) is { } refusal)
            {
                return refusal;
            }

            pending = pending.Add(version);
        }

        return null;
    }

    /// <summary>True when the document is signed before this step, and the step does not lead back to the signature: nothing may replace it.</summary>
    public static bool IsSealed(SopDefinition definition, Step step, string document) =>
        definition.Steps.Any(signature => signature.Kind == StepKind.Tte
            && definition.Graph.VersionedDocuments(signature).Contains(document, StringComparer.Ordinal)
            && definition.Graph.Reaches(signature, step) && !definition.Graph.Reaches(step, signature));

    public static Decision? CheckShape(Case current, Step step, NewVersion version, ContentHash? last)
    {
        // A proof names what was compared by its hashes, so it is longer than a name.
        if (version.Proof is { Length: > 1000 })
        {
            return Refuse.Because(RefusalReason.TextTooLong, step.Id, Texts.Of(1000));
        }

        if (version.FileName.Length is 0 or > 400)
        {
            return Refuse.Because(RefusalReason.TextTooLong, step.Id, Texts.Of(400));
        }

        if (version.Kind == VersionKind.New)
        {
            return null;
        }

        if (last is null)
        {
            return Refuse.Because(RefusalReason.VersionMissing, step.Id, version.Document);
        }

        if (version.Of != last)
        {
            return Refuse.Because(RefusalReason.StaleVersion, step.Id, version.Document, last.Value.Value);
        }

        // Rendering again what a signature has already sealed would break the signature.
        if (version.Kind == VersionKind.Equivalent && IsExtended(current, version.Document))
        {
            return Refuse.Because(RefusalReason.VersionNotAllowed, step.Id, version.Document);
        }

        return version.Kind == VersionKind.Equivalent && string.IsNullOrWhiteSpace(version.Proof) ? Refuse.Because(RefusalReason.ProofMissing, step.Id, version.Document) : null;
    }

    private static bool IsExtended(Case current, string document) =>
        current.Document(document) is { Current: { } last } known
        && (known.Versions.Exists(version => version.Lineage == last.Lineage && version.Kind == VersionKind.Extends)
            || current.Buffered.Exists(version => Same(version.Document, document) && version.Kind == VersionKind.Extends));

    private static Decision? CheckSeen(Case current, Step step, Outcome outcome, CompleteStep command, IReadOnlyList<string> about)
    {
        foreach (var seen in command.Seen)
        {
            if (!about.Contains(seen.Document, StringComparer.Ordinal) || command.Seen.Count(other => Same(other.Document, seen.Document)) > 1)
            {
                return Refuse.Because(RefusalReason.DocumentUnknown, step.Id, seen.Document);
            }

            if (current.Document(seen.Document)?.Current is not { } version)
            {
                return Refuse.Because(RefusalReason.VersionMissing, step.Id, seen.Document);
            }

            if (version.Hash != seen.Hash)
            {
                return Refuse.Because(RefusalReason.StaleVersion, step.Id, seen.Document, version.Hash.Value);
            }
        }

        if (step.Kind is not (StepKind.Putus or StepKind.Tte) || !outcome.IsApproving)
        {
            return null;
        }

        var unseen = about.Where(document => !command.Seen.Any(seen => Same(seen.Document, document))).ToList();
        return unseen.Count == 0 ? null
            : unseen.Find(document => current.Document(document)?.Current is null) is { } absent ? Refuse.Because(RefusalReason.VersionMissing, step.Id, absent)
            : Refuse.Because(RefusalReason.SeenMissing, step.Id, unseen);
    }

    private static Decision? CheckPresent(Case current, Step step, CompleteStep command, IReadOnlyList<string> about)
    {
        var absent = step.Kind == StepKind.Isi
            ? about.FirstOrDefault(document => current.Document(document)?.Current is null && !command.Versions.Any(version => Same(version.Document, document)))
            : null;
        return absent is null ? null : Refuse.Because(RefusalReason.VersionMissing, step.Id, absent);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
