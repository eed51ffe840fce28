using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Registration;

/// <summary>The registration form against the organisation: signer, verifiers and addressees are of this agency and may be what they are named for.</summary>
internal static class RegistrationPeople
{
    public static async Task<LetterAnswer.Refused?> CheckAsync(
        OfficeDb db, IOrganisation organisation, LetterData data, CaseFacts facts, LetterRegistration registration, CancellationToken cancellation)
    {
        if (facts.Kinds.Count > 0 && !facts.Kinds.Contains(registration.Kind, StringComparer.Ordinal))
        {
            return Invalid("kind", $"Prosedur ini hanya untuk jenis naskah: {string.Join(", ", facts.Kinds)}.");
        }

        DateOnly today = await data.TodayAsync(facts.AgencyId, cancellation);
        IReadOnlyList<Holding> directory = await organisation.DirectoryAsync(facts.AgencyId, today, cancellation);
        HashSet<Guid> positions = directory.Select(holding => holding.PositionId).ToHashSet();
        IReadOnlyList<Holding> lane = facts.Signatures.LastOrDefault(step => !step.Paraf)?.Holders ?? [];
        if (registration.SignerPosition is { } chosen && (!positions.Contains(chosen) || (lane.Count > 0 && lane.All(holding => holding.PositionId != chosen))))
        {
            return Invalid("signerPosition", "Penandatangan itu bukan pejabat yang ditetapkan prosedur ini.");
        }

        if (await data.SignerAsync(facts, registration, today, cancellation) is not { } signer)
        {
            return Invalid(registration.SignerPerson is null ? "signerPosition" : "signerPerson", "Jabatan penandatangan sedang tidak terisi oleh pejabat itu.");
        }

        if (registration.Verifiers.Count > 0)
        {
            if (facts.Rantai is null)
            {
                return Invalid("verifiers", "Rantai verifikasi prosedur ini sudah tetap dan tidak dapat dipilih.");
            }

            IReadOnlyList<Holding> eligible = await organisation.EligibleVerifiersAsync(facts.AgencyId, signer.PositionId, today, cancellation);
            if (registration.Verifiers.Any(verifier => eligible.All(holding => holding.PositionId != verifier)))
            {
                return new LetterAnswer.Refused(LetterRefusalReason.VerifierNotBelowSigner, "Verifikator harus pejabat di bawah penandatangan dalam instansi ini.", "verifiers");
            }
        }

        return await CheckDestinationsAsync(db, facts.AgencyId, positions, registration, cancellation);
    }

    private static async Task<LetterAnswer.Refused?> CheckDestinationsAsync(
        OfficeDb db, Guid agencyId, HashSet<Guid> positions, LetterRegistration registration, CancellationToken cancellation)
    {
        foreach (LetterDestination destination in registration.Destinations.Where(destination => destination.Kind != "external"))
        {
            var target = Guid.Parse(destination.Target);
            bool known = destination.Kind == "internal" ? positions.Contains(target)
                : await db.Set<RecipientGroupRow>().AnyAsync(group => group.Id == target && group.AgencyId == agencyId, cancellation);
            if (!known)
            {
                return Invalid("destinations", $"Tujuan “{destination.Name}” tidak ada dalam daftar instansi ini.");
            }
        }

        return null;
    }

    private static LetterAnswer.Refused Invalid(string field, string message) => new(LetterRefusalReason.InvalidField, message, field);
}
