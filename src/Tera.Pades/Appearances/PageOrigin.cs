namespace Tera.Pades.Appearances;

/// <summary>Where the coordinates of a place count from.</summary>
public enum PageOrigin
{
    /// <summary>The bottom left corner of the page as it is shown, y upwards; a rectangle's place is its bottom left corner.</summary>
    BottomLeft,

    /// <summary>The top left corner of the page as it is shown, y downwards; a rectangle's place is its top left corner.</summary>
    TopLeft,

    /// <summary>The file's own space (ISO 32000-1 8.3.2.3), whatever the page's rotation and crop box; what a widget's /Rect says.</summary>
    UserSpace,
}
