namespace WanLab.Curation.Scanning;

/// <summary>What a scan finds in a clip.</summary>
public enum FindingKind
{
    /// <summary>The file cannot be used.</summary>
    Unusable,

    /// <summary>A hard cut from one shot to another.</summary>
    Cut,

    /// <summary>A stretch of black frames.</summary>
    Black,

    /// <summary>A stretch in the middle that does not move.</summary>
    Frozen,

    /// <summary>The clip stands still before it moves.</summary>
    StillHead,

    /// <summary>The clip stands still after it has moved.</summary>
    StillTail,

    /// <summary>Nothing moves from the first frame to the last.</summary>
    NoMotion,

    /// <summary>Bars of one colour at the edges.</summary>
    Bars,

    /// <summary>The same pictures as another clip's.</summary>
    Duplicate,

    /// <summary>The picture is out of focus or was enlarged from a small one.</summary>
    Blurred,

    /// <summary>Much of the picture is so dark that it shows nothing.</summary>
    Dark,

    /// <summary>Much of the picture is so bright that it shows nothing.</summary>
    Bright,

    /// <summary>The picture has hardly any contrast.</summary>
    Flat,

    /// <summary>The light changes from frame to frame.</summary>
    Flicker,

    /// <summary>A text or sign that stays in one place while the picture moves.</summary>
    Overlay,
}
