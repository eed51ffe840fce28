namespace Tera.Sop.Definitions;

/// <summary>The six kinds of step an SOP has: profiles of screen and checks over task, effect and wait.</summary>
public enum StepKind
{
    /// <summary>Fill in, upload or compose; one way ahead.</summary>
    Isi,

    /// <summary>Decide: at least two outcomes, a reason on return.</summary>
    Putus,

    /// <summary>Done by the system: effects or a called SOP.</summary>
    Sistem,

    /// <summary>Routing slip: picks the next holder, the instruction, a note and a due date.</summary>
    Disposisi,

    /// <summary>Sign electronically.</summary>
    Tte,

    /// <summary>Wait for a time or an outside event.</summary>
    Tunggu,
}

/// <summary>How initials are put: a setting of the procedure.</summary>
public enum ParafMode
{
    /// <summary>An approval record in the log; the bytes do not change.</summary>
    Catatan,

    /// <summary>An invisible signature: a new revision of the same document.</summary>
    Pades,
}

/// <summary>What happens when nobody holds the lane (<c>kosong</c>).</summary>
public enum EmptyLanePolicy
{
    /// <summary>The task waits until the lane is filled. The default.</summary>
    Tunggu,

    /// <summary>The step is skipped, and the skip is recorded.</summary>
    Lewati,

    /// <summary>The step may never be skipped.</summary>
    Tolak,
}

/// <summary>What happens after a return (<c>lalu</c>).</summary>
public enum ReturnRule
{
    /// <summary>Everything from the target on is done again.</summary>
    Ulang,

    /// <summary>When the target has done its work the case goes straight back to who refused.</summary>
    Lanjut,
}

/// <summary>The order of a for-each chain (<c>cara</c>).</summary>
public enum ChainManner
{
    /// <summary>One member after the other.</summary>
    Berurutan,

    /// <summary>All members at once (paraf koordinasi).</summary>
    Bersama,
}
