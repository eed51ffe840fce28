using Tera.Office.Cases;
using Tera.Office.Organisation;

namespace Tera.Office.Notifications;

/// <summary><c>notif.kirim(lane)</c>: tells whoever stands behind a lane of the case, in the office and, where they have one, by official mail.</summary>
internal sealed class Notify(ICaseFacts cases, IOrganisation organisation, INotifications notifications, OfficeOptions options) : IOutboxEffect
{
    public string Name => "notif.kirim";

    public async Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
    {
        if (await cases.FindAsync(context.Db, context.CaseId, cancellation) is not { } facts)
        {
            return EffectResult.Ok;
        }

        string link = $"/kasus/{context.CaseId}";
        string text = $"Ada perkembangan pada “{facts.Title}”.";
        foreach (Holding holder in await cases.LaneAsync(context.Db, context.CaseId, context.Argument ?? "pemohon", cancellation))
        {
            string key = $"{context.EffectKey}/{holder.PersonId}";
            await notifications.NoticeAsync(context.Db, new Notice(context.AgencyId, holder.PersonId, key, facts.Title, text, link), cancellation);
            if ((await organisation.FindPersonAsync(holder.PersonId, cancellation))?.Email is { } address)
            {
                // A person's own mailbox that refuses is no reason to stop a case; the notice in the office stands.
                _ = await notifications.SendAsync(
                    new MailToSend(context.AgencyId, key, address, "Tera", facts.Title, $"{text}\n\nBuka {options.PublicBaseUrl.AbsoluteUri.TrimEnd('/')}{link}\n"), cancellation);
            }
        }

        return EffectResult.Ok;
    }
}
