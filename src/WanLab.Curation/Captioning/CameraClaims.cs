using WanLab.Curation.Motion;

namespace WanLab.Curation.Captioning;

/// <summary>A move of the camera that a caption names.</summary>
/// <param name="Move">The move.</param>
/// <param name="Words">The words of the caption.</param>
internal readonly record struct CameraClaim(CameraMove Move, string Words);

/// <summary>
/// Reads from a caption how the camera is said to move, in English and Chinese. Only words that are about the camera count: a car that
/// drives left says nothing of it.
/// </summary>
internal static partial class CameraClaims
{
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Below the first a measure is no witness; below the second it may have taken one kind of move for another.
    private const double Sure = 0.5, VerySure = 0.8;

    // A subject that turns in front of a camera at rest looks much as one that is circled.
    private const double MovingSubject = 0.05;

    // Words that may stand between a verb and its direction.
    private const string Gap = @"(?:[\s-]+(?:\w+ly|to|towards?|the|a|its|back|very|slow|fast|quick|smooth|gentle|steady|shot|move|movement|"
        + @"camera|all|way|around|across|straight|further|and|slightly))*?[\s-]+";

    private const string Ending = "(?:e?s|y|ies|ied|ying|ing|ed|e)?";

    private const string Camera = @"(?:camera|view|viewpoint|shot|frame|lens)(?:\s+\w+ly|\s+then|\s+is|\s+starts|\s+begins|\s+to)*\s+";

    private const string ChineseCamera = @"(?:镜头|摄像机|相机|摄影机)[^，。,.；;]{0,6}(?:向|往)";

    private const string Turning = "(?<way>left|right|clockwise|counter-?clockwise|anti-?clockwise)";

    /// <summary>The moves that a caption names, in no order.</summary>
    public static IReadOnlyList<CameraClaim> Of(string caption)
    {
        var claims = new List<CameraClaim>();
        Add(Pans(), "left", CameraMove.PanLeft, CameraMove.PanRight);
        Add(SidePans(), "left", CameraMove.PanLeft, CameraMove.PanRight);
        Add(Tilts(), "up", CameraMove.TiltUp, CameraMove.TiltDown);
        Add(Rises(), "rise", CameraMove.TiltUp, CameraMove.TiltDown);
        Add(Zooms(), "in", CameraMove.ZoomIn, CameraMove.ZoomOut);
        Add(Rolls(), "left", CameraMove.RollLeft, CameraMove.RollRight);
        Add(Orbits(), "left", CameraMove.OrbitLeft, CameraMove.OrbitRight);
        foreach (Match match in Stills().Matches(caption))
            if (!IsDenied(caption, match)) claims.Add(new CameraClaim(CameraMove.Still, match.Value));
        return claims;

        void Add(Regex pattern, string first, CameraMove one, CameraMove other)
        {
            foreach (Match match in pattern.Matches(caption))
                if (!IsDenied(caption, match)) claims.Add(new CameraClaim(Way(match) == first ? one : other, match.Value));
        }
    }

    /// <summary>The claim that the measured motion contradicts; null where the caption is right, or the measure is not sure.</summary>
    public static CameraClaim? Contradiction(IReadOnlyList<CameraClaim> claims, ClipMotion measured)
    {
        if (claims.Count == 0 || measured.Confidence < Sure || measured.Camera == CameraMove.Shake) return null;
        if (claims.Any(claim => claim.Move == measured.Camera)) return null;
        foreach (var claim in claims)
            if (Opposite(claim.Move) == measured.Camera) return claim;
        if (measured.Confidence < VerySure) return null;
        foreach (var claim in claims)
            if (!MayLookLike(claim.Move, measured)) return claim;
        return null;
    }

    /// <summary>The measured motion in words, also where nothing moves.</summary>
    public static string Phrase(ClipMotion measured) =>
        measured.Phrase != "" ? measured.Phrase : MotionPhrase.Name(measured.Camera);

    private static CameraMove? Opposite(CameraMove move) => move switch
    {
        CameraMove.PanLeft => CameraMove.PanRight,
        CameraMove.PanRight => CameraMove.PanLeft,
        CameraMove.TiltUp => CameraMove.TiltDown,
        CameraMove.TiltDown => CameraMove.TiltUp,
        CameraMove.RollLeft => CameraMove.RollRight,
        CameraMove.RollRight => CameraMove.RollLeft,
        CameraMove.ZoomIn => CameraMove.ZoomOut,
        CameraMove.ZoomOut => CameraMove.ZoomIn,
        CameraMove.OrbitLeft => CameraMove.OrbitRight,
        CameraMove.OrbitRight => CameraMove.OrbitLeft,
        _ => null,
    };

    // An orbit may be measured as the pan that it holds, or the other way round.
    private static bool MayLookLike(CameraMove claim, ClipMotion measured) =>
        IsOrbit(claim) ? measured.Camera != CameraMove.Still || measured.Subject > MovingSubject
            : IsOrbit(measured.Camera) && claim is CameraMove.PanLeft or CameraMove.PanRight;

    private static bool IsOrbit(CameraMove move) => move is CameraMove.OrbitLeft or CameraMove.OrbitRight;

    private static bool IsDenied(string caption, Match match) => Denial().IsMatch(caption[..match.Index]);

    // The direction as the first of its pair is called.
    private static string Way(Match match) =>
        match.Groups["way"].Value.ToLowerInvariant() switch
        {
            "左" or "counterclockwise" or "counter-clockwise" or "anticlockwise" or "anti-clockwise" => "left",
            "上" => "up",
            "rises" or "rising" or "ascends" or "ascending" or "升" => "rise",
            "in" or "into" or "inward" or "inwards" or "closer" or "nearer" or "forward" or "forwards" or "近" or "进" => "in",
            var other => other,
        };

    // "From left to right" ends right.
    [GeneratedRegex(@"\b(?:pan(?:s|n?ed|n?ing)?|trucks|trucking|tracking|sliding shot|doll(?:y|ies|ying)|" + Camera
        + "(?:mov|slid|turn|track|drift|glid|swing|travel|sweep|truck|doll)" + Ending + ")" + Gap + "(?:from" + Gap + "(?:left|right)" + Gap
        + @")?(?<way>left|right)(?:wards?)?\b(?![\s-]+to[\s-]+(?:the[\s-]+)?(?:left|right))|"
        + ChineseCamera + "(?<way>[左右])|(?<way>[左右])摇", Any)]
    private static partial Regex Pans();

    [GeneratedRegex(@"\b(?:(?:left|right)[\s-]+to[\s-]+)?(?<way>left|right)(?:wards?)?[\s-]+(?:pan|panning|truck(?:ing)?[\s-]+shot|"
        + @"tracking|camera[\s-]+(?:pan|move|movement|motion|slide))\b", Any)]
    private static partial Regex SidePans();

    [GeneratedRegex(@"\b(?:(?:tilt|crane|pedestal|boom|jib|pan)(?:s|n?ed|n?ing)?|" + Camera
        + "(?:mov|tilt|glid|drift|cran|look|point|turn)" + Ending + ")" + Gap + @"(?<way>up|down)(?:wards?)?\b|" + ChineseCamera
        + "(?<way>[上下])|(?<way>[上下])摇", Any)]
    private static partial Regex Tilts();

    [GeneratedRegex(@"\b" + Camera + @"(?<way>rises|rising|ascends|ascending|descends|descending|lowers|lowering|sinks|sinking)\b"
        + "|(?:镜头|摄像机|相机)(?<way>升|降)", Any)]
    private static partial Regex Rises();

    [GeneratedRegex(@"\b(?:zoom(?:s|ed|ing)?|doll(?:y|ies|ied|ying)|push(?:es|ed|ing)?|pull(?:s|ed|ing)?|" + Camera
        + "(?:mov|push|pull|glid|drift|creep|track|fl|back)" + Ending + ")" + Gap
        + @"(?<way>in(?:to|wards?)?|out(?:wards?)?|closer|nearer|forwards?|backwards?|back|away)\b|(?:推|拉)(?<way>近|进|远|出)", Any)]
    private static partial Regex Zooms();

    [GeneratedRegex(@"\b(?:" + Camera + "(?:roll(?:s|ing|ed)?|rotates?|rotating)|camera roll|dutch roll|barrel roll)" + Gap
        + Turning + @"\b", Any)]
    private static partial Regex Rolls();

    [GeneratedRegex(@"\b(?:orbit(?:s|ed|ing)?|arc(?:s|ed|ing)?|" + Camera + "circl(?:es|ed|ing))" + Gap
        + @"(?<way>left|right)(?:wards?)?\b", Any)]
    private static partial Regex Orbits();

    [GeneratedRegex(@"\b(?:static|still|fixed|locked(?:[- ]off)?|stationary|motionless|unmoving|tripod)[\s-]+(?:camera|shot|frame|view)\b"
        + @"|\bcamera\s+(?:(?:is|stays|remains|stands|holds|keeps)\s+)?(?:\w+ly\s+)?(?:static|still|fixed|motionless|stationary)\b"
        + "|(?:固定|静止)(?:镜头|机位)|(?:镜头|机位)(?:静止|固定|不动)", Any)]
    private static partial Regex Stills();

    [GeneratedRegex(@"(?:\b(?:no|not|never|without|don't|doesn't|isn't)(?:\s+(?:the|any|a|camera))*|[不没无])\s*$", Any)]
    private static partial Regex Denial();
}
