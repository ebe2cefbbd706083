namespace WanLab.Media;

/// <summary>
/// The way from decoded pixels to those that are shown, where that is more than ffmpeg does by itself. Made only for such files, so that
/// the keys of all others do not depend on it.
/// </summary>
internal sealed record MediaConversion
{
    /// <summary>The colour that transparent parts are laid over.</summary>
    public const string Backdrop = "white";

    /// <summary>White of an HDR picture in cd/m², by ITU-R BT.2408: what is brighter is shown as white.</summary>
    private const int HdrWhite = 203;

    /// <summary>The EXIF orientation to apply, 1 to 8.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Whether two fields are woven into each frame.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>Whether parts are transparent.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>The curve and colours of the numbers.</summary>
    public MediaLight Light { get; init; }

    /// <summary>The curve of the numbers, as ffmpeg names it.</summary>
    public string Transfer { get; init; } = "";

    /// <summary>The primaries of the numbers, as ffmpeg names them; empty where they are a screen's.</summary>
    public string Primaries { get; init; } = "";

    /// <summary>The matrix of the numbers, as ffmpeg names it; empty where the file says it.</summary>
    public string Matrix { get; init; } = "";

    /// <summary>The decoder to use instead of ffmpeg's own choice; empty for none.</summary>
    public string Decoder { get; init; } = "";

    /// <summary>Whether the file changes nothing of what ffmpeg does.</summary>
    public bool IsPlain => this == new MediaConversion();

    /// <summary>Text that names the conversion in keys of cached content.</summary>
    public string Key => $"1 {Orientation} {IsInterlaced} {HasAlpha} {Light} {Transfer} {Primaries} {Matrix} {Decoder}";

    /// <summary>Options of ffmpeg before the input.</summary>
    public IEnumerable<string> InputOptions
    {
        get
        {
            if (Orientation != 1) yield return "-noautorotate";
            if (Decoder == "") yield break;
            yield return "-c:v";
            yield return Decoder;
        }
    }

    /// <summary>Filters on all frames: they need a frame's neighbours.</summary>
    public IEnumerable<string> BeforeSelection =>
        // Frames are numbered instead of timed: the deinterlacer must not stumble over missing times.
        IsInterlaced ? ["settb=1/1000", "setpts=N", "bwdif=mode=send_frame:parity=auto:deint=interlaced"] : [];

    /// <summary>Filters on the frames that are wanted, before they are scaled.</summary>
    public IEnumerable<string> AfterSelection
    {
        get
        {
            if (Turn is not "") yield return Turn;
            if (Light != MediaLight.Standard) yield return ToScreen();
            if (!HasAlpha) yield break;
            // The colour under a transparent pixel is noise; scaled before it is covered, it would bleed into its neighbours.
            yield return "format=rgba,settb=1/1000,setpts=N,split[over][under];"
                + "[under]lutrgb=r=255:g=255:b=255:a=255[plain];[plain][over]overlay=format=rgb";
        }
    }

    private string Turn => Orientation switch
    {
        2 => "hflip",
        3 => "hflip,vflip",
        4 => "vflip",
        5 => "transpose=cclock_flip",
        6 => "transpose=clock",
        7 => "transpose=clock_flip",
        8 => "transpose=cclock",
        _ => "",
    };

    private string ToScreen() => FormattableString.Invariant($"zscale=t=linear:npl={HdrWhite}")
        + (Transfer == "" ? "" : $":tin={Transfer}") + (Primaries == "" ? "" : $":pin={Primaries}")
        + (Matrix == "" ? "" : $":min={Matrix}")
        + ",format=gbrpf32le,zscale=p=bt709,tonemap=clip:desat=0,zscale=t=bt709:m=gbr:r=pc,format=gbrp";
}
