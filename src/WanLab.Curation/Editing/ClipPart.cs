namespace WanLab.Curation.Editing;

/// <summary>A part of a clip that becomes a clip of its own.</summary>
/// <param name="First">Number of its first frame, from 0 in the order of display.</param>
/// <param name="End">Number of the frame after its last one.</param>
internal sealed record ClipPart(int First, int End)
{
    /// <summary>The part of the picture that is kept, in pixels as shown; null for all of it.</summary>
    public PixelArea? Crop { get; init; }

    /// <summary>Name of the new file without folder and ending; null for a name made from the clip's.</summary>
    public string? Name { get; init; }
}

/// <summary>A rectangle in pixels.</summary>
/// <param name="X">Pixels from the left edge.</param>
/// <param name="Y">Pixels from the upper edge.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal readonly record struct PixelArea(int X, int Y, int Width, int Height);
