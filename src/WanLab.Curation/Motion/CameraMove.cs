namespace WanLab.Curation.Motion;

/// <summary>A move of the camera. Left, right, up and down are those of the camera, not of the picture.</summary>
public enum CameraMove
{
    /// <summary>The camera stands still.</summary>
    [Word("still")] Still,

    /// <summary>The camera turns or moves to its left: the picture moves right.</summary>
    [Word("pan_left")] PanLeft,

    /// <summary>The camera turns or moves to its right: the picture moves left.</summary>
    [Word("pan_right")] PanRight,

    /// <summary>The camera turns or moves up: the picture moves down.</summary>
    [Word("tilt_up")] TiltUp,

    /// <summary>The camera turns or moves down: the picture moves up.</summary>
    [Word("tilt_down")] TiltDown,

    /// <summary>The camera turns about its axis, counter-clockwise: the picture turns clockwise.</summary>
    [Word("roll_left")] RollLeft,

    /// <summary>The camera turns about its axis, clockwise: the picture turns counter-clockwise.</summary>
    [Word("roll_right")] RollRight,

    /// <summary>The lens narrows or the camera comes nearer: the picture grows.</summary>
    [Word("zoom_in")] ZoomIn,

    /// <summary>The lens widens or the camera draws back: the picture shrinks.</summary>
    [Word("zoom_out")] ZoomOut,

    /// <summary>The camera circles to its left about what it looks at: near things move right, far ones left.</summary>
    [Word("orbit_left")] OrbitLeft,

    /// <summary>The camera circles to its right about what it looks at: near things move left, far ones right.</summary>
    [Word("orbit_right")] OrbitRight,

    /// <summary>The camera trembles and goes nowhere, as in a hand.</summary>
    [Word("shake")] Shake,
}
