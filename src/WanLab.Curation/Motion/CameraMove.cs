namespace WanLab.Curation.Motion;

/// <summary>How the camera of a clip moves. Left, right, up and down are those of the camera, not of the picture.</summary>
public enum CameraMove
{
    /// <summary>The camera stands still.</summary>
    Still,

    /// <summary>The camera turns or moves to its left: the picture moves right.</summary>
    PanLeft,

    /// <summary>The camera turns or moves to its right: the picture moves left.</summary>
    PanRight,

    /// <summary>The camera turns or moves up: the picture moves down.</summary>
    TiltUp,

    /// <summary>The camera turns or moves down: the picture moves up.</summary>
    TiltDown,

    /// <summary>The camera turns about its axis, counter-clockwise: the picture turns clockwise.</summary>
    RollLeft,

    /// <summary>The camera turns about its axis, clockwise: the picture turns counter-clockwise.</summary>
    RollRight,

    /// <summary>The lens narrows or the camera comes nearer: the picture grows.</summary>
    ZoomIn,

    /// <summary>The lens widens or the camera draws back: the picture shrinks.</summary>
    ZoomOut,

    /// <summary>The camera circles to its left about what it looks at: near things move right, far ones left.</summary>
    OrbitLeft,

    /// <summary>The camera circles to its right about what it looks at: near things move left, far ones right.</summary>
    OrbitRight,

    /// <summary>The camera trembles and goes nowhere, as in a hand.</summary>
    Shake,
}
