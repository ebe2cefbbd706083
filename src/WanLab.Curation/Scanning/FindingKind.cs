namespace WanLab.Curation.Scanning;

/// <summary>A kind of fault or trait of a clip.</summary>
public enum FindingKind
{
    /// <summary>The file cannot be used.</summary>
    [Word("unusable")] Unusable,

    /// <summary>A hard cut from one shot to another.</summary>
    [Word("cut")] Cut,

    /// <summary>A stretch of black frames.</summary>
    [Word("black")] Black,

    /// <summary>A stretch in the middle that does not move.</summary>
    [Word("frozen")] Frozen,

    /// <summary>The clip stands still before it moves.</summary>
    [Word("still_head")] StillHead,

    /// <summary>The clip stands still after it has moved.</summary>
    [Word("still_tail")] StillTail,

    /// <summary>Nothing moves from the first frame to the last.</summary>
    [Word("no_motion")] NoMotion,

    /// <summary>Bars of one colour at the edges.</summary>
    [Word("bars")] Bars,

    /// <summary>The same pictures as another clip's.</summary>
    [Word("duplicate")] Duplicate,

    /// <summary>The picture is out of focus or was enlarged from a small one.</summary>
    [Word("blurred")] Blurred,

    /// <summary>Much of the picture is so dark that it shows nothing.</summary>
    [Word("dark")] Dark,

    /// <summary>Much of the picture is so bright that it shows nothing.</summary>
    [Word("bright")] Bright,

    /// <summary>The picture has hardly any contrast.</summary>
    [Word("flat")] Flat,

    /// <summary>The light changes from frame to frame.</summary>
    [Word("flicker")] Flicker,

    /// <summary>A text or sign that stays in one place while the picture moves.</summary>
    [Word("overlay")] Overlay,
}

/// <summary>The findings' names for a user.</summary>
internal static class FindingLabel
{
    /// <summary>A finding's name, such as "still head".</summary>
    public static string Label(this FindingKind kind) => kind.Word().Replace('_', ' ');
}
