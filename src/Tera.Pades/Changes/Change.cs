namespace Tera.Pades.Changes;

/// <summary>What a change amounts to for a reader. The first ones are allowed the longest.</summary>
public enum ChangeKind
{
    /// <summary>Nothing that a reader sees: file information and metadata.</summary>
    Bookkeeping,

    /// <summary>An object that nothing refers to.</summary>
    Orphan,

    /// <summary>Certificates and revocation data in the document security store.</summary>
    LongTermData,

    /// <summary>An invisible document time stamp.</summary>
    DocumentTimeStamp,

    /// <summary>A signature field signed.</summary>
    Signature,

    /// <summary>A new signature field with a picture on the page, signed.</summary>
    NewVisibleSignature,

    /// <summary>The same over something that the page shows.</summary>
    CoveringSignature,

    /// <summary>A form field filled in.</summary>
    FormFill,

    /// <summary>An annotation added, or the order in which the keyboard visits them.</summary>
    Annotation,

    /// <summary>An annotation changed or taken away.</summary>
    AnnotationChanged,

    /// <summary>An annotation that fills an area, or shows a picture, where the page is free.</summary>
    PaintingAnnotation,

    /// <summary>An annotation that hides something that the page shows, or writes over it.</summary>
    CoveringAnnotation,

    /// <summary>Anything else.</summary>
    Unexplained,
}

/// <summary>One change that one revision makes.</summary>
/// <param name="Revision">Index of the revision that makes it.</param>
/// <param name="Kind">What it amounts to.</param>
/// <param name="Rule">The rule that explains it, or that it breaks.</param>
/// <param name="Object">Number of the object that shows it; 0 where it is in none, as in the trailer.</param>
/// <param name="Field">The form field concerned, or null.</param>
/// <param name="Text">A sentence: which object, and what a reader would see.</param>
/// <param name="Since">Index of the revision that added the annotation concerned; null where it was there before the first change.</param>
public sealed record Change(int Revision, ChangeKind Kind, string Rule, int Object, string? Field, string Text, int? Since = null);
