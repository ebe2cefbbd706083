namespace WanLab.Tiny.Scenes;

/// <summary>What stands in the middle of a scene. Every subject looks different from each side, so that an orbit is visible.</summary>
public enum Subject
{
    /// <summary>A ball with a stripe, a nose and eyes.</summary>
    Sphere,

    /// <summary>A cube with a different mark on each side.</summary>
    Cube,

    /// <summary>A cone with bands and a knob.</summary>
    Cone,

    /// <summary>An upright ring with one coloured quarter.</summary>
    Torus,

    /// <summary>A cylinder with a vertical stripe and a knob.</summary>
    Cylinder,

    /// <summary>A toy house with a door, windows and a chimney.</summary>
    House,

    /// <summary>A toy tree with apples on one side.</summary>
    Tree,

    /// <summary>A toy robot with eyes, an antenna and a backpack.</summary>
    Robot,

    /// <summary>A toy car with headlights.</summary>
    Car,

    /// <summary>A mug with a handle.</summary>
    Mug,

    /// <summary>A toy rocket with fins and one porthole.</summary>
    Rocket,

    /// <summary>A toy duck.</summary>
    Duck,

    /// <summary>A creature of its own, always in its own colours. The base model never sees it: it is left for adapters to learn.</summary>
    Frung,
}

/// <summary>The main colour of the subject.</summary>
public enum SubjectColor
{
    /// <summary>Red.</summary>
    Red,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Turquoise.</summary>
    Turquoise,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Purple.</summary>
    Purple,

    /// <summary>Pink.</summary>
    Pink,

    /// <summary>White.</summary>
    White,

    /// <summary>Brown.</summary>
    Brown,
}

/// <summary>Sky and light.</summary>
public enum Background
{
    /// <summary>A blue sky with clouds.</summary>
    BlueSky,

    /// <summary>An orange and violet sky with a low sun.</summary>
    Dusk,

    /// <summary>A plain grey studio.</summary>
    Studio,

    /// <summary>A dark blue sky with stars.</summary>
    Night,

    /// <summary>Green hills under a pale sky.</summary>
    Hills,

    /// <summary>A skyline of towers.</summary>
    City,
}

/// <summary>The pattern of the floor.</summary>
public enum Floor
{
    /// <summary>Light and dark squares.</summary>
    Checker,

    /// <summary>One colour.</summary>
    Plain,

    /// <summary>Clay tiles with light joints.</summary>
    Tiles,

    /// <summary>Parallel stripes.</summary>
    Stripes,
}

/// <summary>What the subject does. Left and right are those of the camera at the first frame.</summary>
public enum ObjectMotion
{
    /// <summary>It stands still.</summary>
    None,

    /// <summary>It slides to the left. Rate in metres a second.</summary>
    SlideLeft,

    /// <summary>It slides to the right. Rate in metres a second.</summary>
    SlideRight,

    /// <summary>It jumps up and down. Rate in jumps a second.</summary>
    Bounce,

    /// <summary>It turns on the spot, its near side moving left. Rate in degrees a second.</summary>
    SpinLeft,

    /// <summary>It turns on the spot, its near side moving right. Rate in degrees a second.</summary>
    SpinRight,
}

/// <summary>How a scene is drawn.</summary>
public enum Look
{
    /// <summary>Lit solids.</summary>
    Natural,

    /// <summary>Glowing outlines on a dark ground. The base model never sees it: it is left for adapters to learn.</summary>
    Neon,
}
