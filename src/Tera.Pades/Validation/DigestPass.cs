using Tera.Pades.Cms;
using Tera.Pades.Pdf;

namespace Tera.Pades.Validation;

/// <summary>
/// The digests of all signatures of a file. Every signature covers the file from its first byte, so one running hash per algorithm
/// serves them all: it is cloned where a hole begins, and the clone goes on behind the hole.
/// </summary>
internal sealed class DigestPass(PdfBytes bytes)
{
    /// <summary>What may be hashed in total: an honest file costs its length plus what lies behind the holes.</summary>
    private long _allowance = (4 * bytes.Length) + (64 * 1024 * 1024);

    private readonly List<Wanted> _wanted = [];

    /// <summary>Asks for the digest over [0, hole) and [behind, end).</summary>
    public void Want(AlgorithmId algorithm, long hole, long behind, long end, Action<byte[]?> answer) =>
        _wanted.Add(new Wanted(algorithm, hole, behind, end, answer));

    /// <summary>Reads the bytes and gives the answers; null for a hash that is not known, or when the allowance is used up.</summary>
    public void Run()
    {
        foreach (var group in _wanted.GroupBy(w => w.Algorithm))
        {
            using var running = RunningDigest.Create(group.Key);
            long at = 0;
            foreach (var wanted in group.OrderBy(w => w.Hole))
            {
                if (running is null || _allowance < 0)
                {
                    wanted.Answer(null);
                    continue;
                }
                Append(running, at, wanted.Hole);
                at = wanted.Hole;
                using var own = running.Clone();
                Append(own, wanted.Behind, wanted.End);
                wanted.Answer(_allowance < 0 ? null : own.Finish());
            }
        }
    }

    private void Append(RunningDigest digest, long from, long to)
    {
        _allowance -= to - from;
        if (_allowance >= 0)
            digest.Append(bytes, from, to);
    }

    private sealed record Wanted(AlgorithmId Algorithm, long Hole, long Behind, long End, Action<byte[]?> Answer);
}
