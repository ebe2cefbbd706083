namespace WanLab.Tiny.Scenes;

/// <summary>The subjects of scenes. Every subject looks different from each side, so that an orbit is visible.</summary>
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

    /// <summary>An invented creature, always in its own colours. The base model never sees it; only adapters learn it.</summary>
    Frung,
}

/// <summary>The main colour of the subject.</summary>
public enum SubjectColor
{
    /// <summary>A red subject.</summary>
    Red,

    /// <summary>An orange subject.</summary>
    Orange,

    /// <summary>A yellow subject.</summary>
    Yellow,

    /// <summary>A green subject.</summary>
    Green,

    /// <summary>A turquoise subject.</summary>
    Turquoise,

    /// <summary>A blue subject.</summary>
    Blue,

    /// <summary>A purple subject.</summary>
    Purple,

    /// <summary>A pink subject.</summary>
    Pink,

    /// <summary>A white subject.</summary>
    White,

    /// <summary>A brown subject.</summary>
    Brown,
}

/// <summary>The sky and the light of a scene.</summary>
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
    /// <summary>Alternating light and dark squares.</summary>
    Checker,

    /// <summary>A floor of one colour.</summary>
    Plain,

    /// <summary>Clay tiles with light joints.</summary>
    Tiles,

    /// <summary>Parallel stripes.</summary>
    Stripes,
}

/// <summary>The motion of the subject. Left and right are those of the camera at the first frame.</summary>
public enum ObjectMotion
{
    /// <summary>The subject stands still.</summary>
    None,

    /// <summary>The subject slides to the left. Rate in metres a second.</summary>
    SlideLeft,

    /// <summary>The subject slides to the right. Rate in metres a second.</summary>
    SlideRight,

    /// <summary>The subject jumps up and down. Rate in jumps a second.</summary>
    Bounce,

    /// <summary>The subject turns on the spot, its near side moving left. Rate in degrees a second.</summary>
    SpinLeft,

    /// <summary>The subject turns on the spot, its near side moving right. Rate in degrees a second.</summary>
    SpinRight,
}

/// <summary>The look in which a scene is drawn.</summary>
public enum Look
{
    /// <summary>Solid objects with light and shadow.</summary>
    Natural,

    /// <summary>Glowing outlines on a dark ground. The base model never sees it; only adapters learn it.</summary>
    Neon,
}
