namespace Tera.Pades.Tests.Changes;

/// <summary>How an appended revision says where its objects lie (ISO 32000-2 7.5.4, 7.5.8).</summary>
internal enum XrefStyle
{
    /// <summary>A table.</summary>
    Table,

    /// <summary>A cross-reference stream.</summary>
    Stream,

    /// <summary>A cross-reference stream, and an object stream with all that is no stream.</summary>
    ObjectStream,

    /// <summary>An empty table with a stream beside it.</summary>
    Hybrid,
}
