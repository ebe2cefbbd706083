namespace WanLab.Media;

/// <summary>
/// The size of a clip as the model takes it: 1 or 4n+1 frames, sides that are multiples of 16. The VAE makes one latent frame of the
/// first frame and one of each four after it, and shrinks a side by 8; the transformer takes patches of 2 x 2 latent pixels.
/// </summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Frames">Number of frames.</param>
internal readonly record struct ClipSize(int Width, int Height, int Frames)
{
    /// <summary>Number of frames that one latent frame stands for, except the first.</summary>
    public const int FrameStep = 4;

    /// <summary>Number of pixels that every side is a multiple of.</summary>
    public const int SideStep = 16;

    private const int LatentStep = 8;

    /// <summary>Number of latent frames.</summary>
    public int LatentFrames => (Frames - 1) / FrameStep + 1;

    /// <summary>Number of latent pixels of every latent frame together, in one channel.</summary>
    public long LatentPixels => (long)LatentFrames * (Width / LatentStep) * (Height / LatentStep);

    /// <summary>Number of tokens that the transformer sees.</summary>
    public long Tokens => (long)LatentFrames * (Width / SideStep) * (Height / SideStep);

    /// <summary>Whether the model takes this number of frames.</summary>
    public static bool IsFrameCount(int frames) => frames >= 1 && frames % FrameStep == 1;

    /// <summary>
    /// The largest number of frames that the model takes and that a clip of <paramref name="frames"/> frames has; at least 1.
    /// </summary>
    public static int FramesAtMost(int frames) => frames < 1 ? 1 : (frames - 1) / FrameStep * FrameStep + 1;

    /// <summary>The nearest numbers of frames that the model takes, below and above one that it does not take.</summary>
    public static (int Below, long Above) NearestFrames(int frames)
    {
        var below = FramesAtMost(frames);
        return (below, below + (long)FrameStep);
    }

    /// <summary>Says that the model does not take a number of frames, and which are nearest; null where it takes it.</summary>
    public static string? FrameComplaint(int frames)
    {
        if (IsFrameCount(frames)) return null;
        var (below, above) = NearestFrames(frames);
        return $"{frames} frames do not fit the model, which takes 4n+1; the nearest are {below} and {above}";
    }

    /// <summary>Whether the model takes a side of this length.</summary>
    public static bool IsSide(int pixels) => pixels >= SideStep && pixels % SideStep == 0;

    /// <summary>The nearest length of a side that the model takes.</summary>
    public static int NearestSide(int pixels) => Math.Max(SideStep, (pixels + SideStep / 2) / SideStep * SideStep);

    /// <summary>The largest length of a side that the model takes and that is at most <paramref name="pixels"/>; at least 16.</summary>
    public static int SideAtMost(int pixels) => Math.Max(SideStep, pixels / SideStep * SideStep);
}
