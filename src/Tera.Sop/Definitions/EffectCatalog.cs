using System.Collections.Frozen;

namespace Tera.Sop.Definitions;

/// <summary>What Tera.Sop knows of an effect: its name and how the case behaves around it. What it does is the office's.</summary>
/// <param name="Name">As written in the file.</param>
/// <param name="Slice">The slice of the office that owns the handler.</param>
/// <param name="Meaning">What it does, in a few words.</param>
/// <param name="Awaited">The case waits for its result; a notification that fails holds nobody up.</param>
/// <param name="Undoable">Leaves nothing behind that a withdrawal would have to take back.</param>
/// <param name="TakesArgument">Written with an argument in brackets.</param>
public sealed record EffectInfo(string Name, string Slice, string Meaning, bool Awaited, bool Undoable, bool TakesArgument);

/// <summary>The closed catalogue of effects.</summary>
public static class EffectCatalog
{
    private static readonly FrozenDictionary<string, EffectInfo> ByName = new EffectInfo[]
    {
        new("dok.versi_baru", "Letters", "store the bytes and their SHA-256; older approvals are void", Awaited: true, Undoable: false, TakesArgument: false),
        new("dok.cek_tata_naskah", "Letters", "check letterhead, margins, letter kind, unresolved variables", Awaited: true, Undoable: true, TakesArgument: false),
        new("dok.ke_pdf", "Letters", "convert the draft to its final format", Awaited: true, Undoable: false, TakesArgument: false),
        new("dok.siapkan_bidang_ttd", "Letters", "place number, date, QR box and empty signature fields before any signature", Awaited: true, Undoable: false, TakesArgument: false),
        new("dok.validasi", "Verification", "validate our own output before release", Awaited: true, Undoable: true, TakesArgument: false),
        new("templat.ambil", "Letters", "hand out the right template and letterhead", Awaited: true, Undoable: true, TakesArgument: false),
        new("naskah.registrasi", "Letters", "register the letter: kind, addressees, verifiers, signer", Awaited: true, Undoable: false, TakesArgument: false),
        new("naskah.buat", "Letters", "make a letter from data", Awaited: true, Undoable: false, TakesArgument: false),
        new("agenda.catat", "Letters", "enter in the register of incoming mail", Awaited: true, Undoable: false, TakesArgument: false),
        new("nomor.pesan", "Letters", "reserve a number in the register, which has no gaps", Awaited: true, Undoable: false, TakesArgument: false),
        new("nomor.tetapkan", "Letters", "make the number final, inside the signing transaction", Awaited: true, Undoable: false, TakesArgument: false),
        new("kirim.internal", "Letters", "release to recipients inside", Awaited: true, Undoable: false, TakesArgument: false),
        new("kirim.eksternal", "Letters", "dispatch to outside recipients", Awaited: true, Undoable: false, TakesArgument: false),
        new("kirim.grup", "Letters", "dispatch to a group of recipients", Awaited: true, Undoable: false, TakesArgument: false),
        new("arsip.simpan", "Archive", "file under classification and retention", Awaited: true, Undoable: false, TakesArgument: false),
        new("notif.kirim", "Notifications", "notify the named lane or owner", Awaited: false, Undoable: true, TakesArgument: true),
        new("ttd.paraf", "Signing", "record the paraf, or make the invisible signature", Awaited: true, Undoable: false, TakesArgument: false),
        new("ttd.pades", "Signing", "signature with the signer's key", Awaited: true, Undoable: false, TakesArgument: false),
        new("ttd.cap_waktu", "Signing", "signature timestamp", Awaited: true, Undoable: false, TakesArgument: false),
        new("ra.daftar", "Enrollment", "enter the applicant in the registration records", Awaited: true, Undoable: false, TakesArgument: false),
        new("ra.cocokkan_identitas", "Enrollment", "match the identity numbers: own rules and the data provider", Awaited: true, Undoable: false, TakesArgument: false),
        new("tautan.kirim", "Enrollment", "send a single-use link", Awaited: true, Undoable: false, TakesArgument: true),
        new("kyc.terima", "Enrollment", "receive face and identity card images", Awaited: true, Undoable: false, TakesArgument: false),
        new("kyc.bandingkan", "Enrollment", "compare face and identity card for the verifikator", Awaited: true, Undoable: true, TakesArgument: false),
        new("kunci.buat", "Enrollment", "make the key pair, sealed by the passphrase or in the hardware", Awaited: true, Undoable: false, TakesArgument: false),
        new("kunci.buktikan", "Enrollment", "prove control of the key with the passphrase", Awaited: true, Undoable: false, TakesArgument: false),
        new("kunci.musnahkan", "Enrollment", "destroy the key of a refused application", Awaited: true, Undoable: false, TakesArgument: false),
        new("ca.terbitkan", "Enrollment", "issue", Awaited: true, Undoable: false, TakesArgument: false),
        new("ca.perpanjang", "Enrollment", "issue the successor", Awaited: true, Undoable: false, TakesArgument: false),
        new("ca.cabut", "Enrollment", "revoke with a reason code", Awaited: true, Undoable: false, TakesArgument: false),
        new("ca.tahan_bila_bocor", "Enrollment", "put on hold at once when a leak is reported", Awaited: true, Undoable: false, TakesArgument: false),
        new("ca.lepas_tahan", "Enrollment", "release the hold", Awaited: true, Undoable: false, TakesArgument: false),
        new("ca.terbit_ulang_bila_perlu", "Enrollment", "issue again when what was issued no longer holds", Awaited: true, Undoable: false, TakesArgument: false),
        new("crl.terbitkan", "Enrollment", "publish a revocation list", Awaited: true, Undoable: false, TakesArgument: false),
        new("ocsp.siapkan", "Enrollment", "make the new one known to the status responder", Awaited: true, Undoable: false, TakesArgument: false),
        new("data.klasifikasi", "Enrollment", "decide: account data only, or more", Awaited: true, Undoable: false, TakesArgument: false),
        new("data.ubah", "Enrollment", "change the registered data", Awaited: true, Undoable: false, TakesArgument: false),
        new("tugas.alihkan", "Cases", "re-route open tasks of the owner", Awaited: true, Undoable: false, TakesArgument: false),
        new("pengingat.pasang", "Cases", "set a timer that opens the next case", Awaited: false, Undoable: false, TakesArgument: true),
        new("email.buat_bila_perlu", "Accounts", "create the official mailbox when there is none", Awaited: true, Undoable: false, TakesArgument: false),
        new("sandbox.buat", "Integration", "open a sandbox for the applying system", Awaited: true, Undoable: false, TakesArgument: false),
        new("kredensial.uji", "Integration", "issue test credentials", Awaited: true, Undoable: false, TakesArgument: false),
        new("kredensial.produksi", "Integration", "issue production credentials, bound to what was tested", Awaited: true, Undoable: false, TakesArgument: false),
        new("uji.mandiri", "Integration", "run the self-test of the applicant", Awaited: true, Undoable: false, TakesArgument: false),
        new("uji.jadwalkan", "Integration", "book the conformance test", Awaited: true, Undoable: false, TakesArgument: false),
        new("uji.jalankan", "Integration", "run the conformance test and fill the report", Awaited: true, Undoable: false, TakesArgument: false),
    }.ToFrozenDictionary(effect => effect.Name, StringComparer.Ordinal);

    /// <summary>Every effect there is.</summary>
    public static IReadOnlyCollection<EffectInfo> All => ByName.Values;

    /// <summary>The effect with that name, or null.</summary>
    public static EffectInfo? Find(string name) => ByName.GetValueOrDefault(name);
}
