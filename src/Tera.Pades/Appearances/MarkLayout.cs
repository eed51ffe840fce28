namespace Tera.Pades.Appearances;

/// <summary>How picture and text share the field of a mark; with only one of them it has the whole field.</summary>
public enum MarkLayout
{
    /// <summary>The picture on the left, as high as the field but at most half as wide; the text beside it.</summary>
    PictureLeft,

    /// <summary>The picture above, the text below it as a footer of at most two fifths of the height.</summary>
    PictureAbove,

    /// <summary>The picture over the whole field, the text on it.</summary>
    PictureBehind,
}

/// <summary>Where the lines of a mark's text begin.</summary>
public enum TextAlignment
{
    /// <summary>At the left edge.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>They end at the right edge.</summary>
    Right,
}
