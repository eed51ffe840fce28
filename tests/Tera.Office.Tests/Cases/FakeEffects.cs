using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Cases;
using Tera.Office.Storage;

namespace Tera.Office.Tests.Cases;

/// <summary>What the tests see of effects: which keys were done how often, and what fails on request.</summary>
internal sealed class EffectLog
{
    public ConcurrentQueue<string> Done { get; } = [];

    /// <summary>Names of outbox effects that throw the next so many times, after their work.</summary>
    public ConcurrentDictionary<string, int> Crashes { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of effects that answer that a person must mend it, once.</summary>
    public ConcurrentDictionary<string, string> Failures { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => Done.Select(key => key.Split('/')[3]);

    public Func<ActContext, PreparedEffect?>? OnPrepare { get; set; }
}

internal static class FakeEffects
{
    private static readonly string[] Acts = ["dok.versi_baru", "nomor.pesan", "naskah.registrasi", "ttd.paraf", "nomor.tetapkan", "ttd.pades", "ttd.cap_waktu", "templat.ambil"];

    private static readonly string[] Later =
        ["dok.cek_tata_naskah", "dok.ke_pdf", "dok.siapkan_bidang_ttd", "dok.validasi", "notif.kirim", "kirim.internal", "kirim.eksternal", "kirim.grup", "arsip.simpan"];

    public static EffectLog AddTo(IServiceCollection services, params string[] without)
    {
        var log = new EffectLog();
        services.AddSingleton(log);
        foreach (string name in Acts.Except(without, StringComparer.Ordinal))
        {
            services.AddSingleton<IActEffect>(new FakeAct(name, log));
        }

        foreach (string name in Later.Except(without, StringComparer.Ordinal))
        {
            services.AddSingleton<IOutboxEffect>(new FakeLater(name, log));
        }

        return log;
    }

    public static Sha256Digest AnyHash() => Sha256Digest.FromBytes(RandomNumberGenerator.GetBytes(32));

    private static string BerkasOf(string sop) => sop.StartsWith("purwakarta", StringComparison.Ordinal) ? "surat" : "naskah";

    private sealed class FakeAct(string name, EffectLog log) : IActEffect
    {
        public string Name => name;

        public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
        {
            if (log.OnPrepare?.Invoke(act) is { } other)
            {
                return Task.FromResult(other);
            }

            return Task.FromResult<PreparedEffect>(new PreparedEffect.Ready((_, _) =>
            {
                log.Done.Enqueue(act.EffectKey);
                return Task.FromResult<EffectResult>(new EffectResult.Succeeded(VersionOf(act)));
            }));
        }

        private VersionMade? VersionOf(ActContext act)
        {
            string berkas = BerkasOf(act.Sop);
            return name switch
            {
                "dok.versi_baru" => new VersionMade(berkas, AnyHash(), null, VersionRelation.NewContent),
                "ttd.pades" => new VersionMade(berkas, AnyHash(), Sha256Digest.Parse(act.Act.SeenHash!), VersionRelation.ExtendedBySignature),
                "ttd.paraf" when berkas == "surat" => new VersionMade(berkas, AnyHash(), Sha256Digest.Parse(act.Act.SeenHash!), VersionRelation.ExtendedBySignature),
                _ => null,
            };
        }
    }

    private sealed class FakeLater(string name, EffectLog log) : IOutboxEffect
    {
        public string Name => name;

        public Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
        {
            log.Done.Enqueue(context.EffectKey);
            if (log.Crashes.TryGetValue(name, out int left) && left > 0)
            {
                log.Crashes[name] = left - 1;
                throw new IOException("Killed between the work and its record.");
            }

            if (log.Failures.TryRemove(name, out string? message))
            {
                return Task.FromResult<EffectResult>(new EffectResult.Failed(message));
            }

            VersionMade? made = name is "dok.ke_pdf" || (name == "dok.siapkan_bidang_ttd" && BerkasOf(context.Sop) == "surat")
                ? new VersionMade(BerkasOf(context.Sop), AnyHash(), null, VersionRelation.NewContent)
                : null;
            return Task.FromResult<EffectResult>(new EffectResult.Succeeded(made));
        }
    }
}
