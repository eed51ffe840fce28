using Tera.Pades.Validation.Blocks;

namespace Tera.Pades.Validation.Processes;

/// <summary>Whether the time stamps of a signature come in an order that can be: what covers another one is no older (EN 319 102-1 5.5.4, time-stamp coherence).</summary>
internal sealed class TimeStampOrder
{
    private readonly TimeSpan _skew;
    private readonly ILookup<SignatureEvidence, JudgedStamp> _own;
    private readonly List<JudgedStamp> _documentStamps;

    public TimeStampOrder(IReadOnlyList<JudgedStamp> stamps, ValidationPolicy policy)
    {
        _skew = policy.ClockSkew;
        var good = stamps.Where(s => s.Conclusion.IsPassed).ToList();
        _own = good.Where(s => !s.Carrier.IsDocumentTimeStamp).ToLookup(s => s.Carrier, (IEqualityComparer<SignatureEvidence>)ReferenceEqualityComparer.Instance);
        _documentStamps = [.. good.Where(s => s.Carrier.IsDocumentTimeStamp).OrderBy(s => s.Carrier.ByteRange[1])];
    }

    /// <summary>Judges the time stamps over one signature.</summary>
    public Conclusion Check(SignatureEvidence signature)
    {
        var latest = _own[signature].Max(s => s.Stamp.Time);
        foreach (var stamp in _documentStamps.Where(s => ProofsOfExistence.CoversSignature(s.Carrier, signature)))
        {
            if (latest is { } inner && stamp.Stamp.Time + _skew < inner)
                return Conclusion.Indeterminate(SubIndication.TimestampOrderFailure, $"A time stamp of {stamp.Stamp.Time:u} covers one of {inner:u}: one of them is wrong.");
            latest = latest > stamp.Stamp.Time ? latest : stamp.Stamp.Time;
        }
        return Conclusion.Passed;
    }

    /// <summary>The latest time stamp that the signature itself covers: it is proven to be younger. Null where there is none.</summary>
    public DateTimeOffset? LowerBound(SignatureEvidence signature) => _documentStamps
        .Concat(_own.SelectMany(s => s))
        .Where(s => ProofsOfExistence.CoversSignature(signature, s.Carrier))
        .Max(s => s.Stamp.Time);
}
