namespace WanLab.Curation.Captioning;

/// <summary>Tells by their words whether a caption names a motion, a look, a class or content. English and Chinese.</summary>
internal static class CaptionWords
{
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Moves = Words("""
        360 180 timelapse time-lapse hyperlapse handheld steadicam ran flew fell rose swung spun drove rode threw swam rotate rotates
        rotated rotating rotation closes closed closing
        """, stems: """
        orbit pan tilt zoom dolly doll crane revolv spin twist twirl turn circl track follow push pull mov motion walk run jog sprint
        march jump leap hop danc fly fl soar glid hover fall ris climb descend ascend swing sway shak trembl vibrat slid drift float flow
        driv rid crawl throw toss catch kick punch bounc explod burst melt morph transform dissolv unfold open grow shrink pour drip
        drop lift rais lower nod blink wink smil laugh hug kiss bow wrap crush squish squeez inflat deflat swim div surf skat roll tumbl
        flip lean reach approach retreat enter exit leav arriv pass chas gallop trot flap flutter rippl swirl whirl sweep
        """, "[推拉摇移走跑跳飞转动升降落甩晃舞]|环绕|旋转");

    private static readonly Regex Look = Words("""
        style styles stylised stylized look looks aesthetic aesthetics film grain grainy cinematic contrast tint tinted tone tones toned
        palette color colors colour colours colored coloured colorful colourful saturated saturation desaturated monochrome black-and-white
        sepia noir neon pastel watercolor watercolour watercolors painted painting painterly oil sketch sketched drawn drawing ink pencil
        charcoal anime manga cartoon comic pixel pixelated voxel 3d 2d render rendered rendering claymation clay stop-motion lofi lo-fi vhs
        retro vintage 8mm 16mm 35mm 70mm super8 polaroid analog analogue bokeh lens flare flares light lights lighting lit glow glowing
        shadow shadows shaded shading haze hazy foggy moody texture textures textured brushstrokes cel illustrated illustration photograph
        photography photographic photoreal photorealistic realism surreal minimalist baroque gothic cyberpunk steampunk vaporwave synthwave
        art origami papercut felt embroidered mosaic glitch glitchy hdr faded warm cold muted vivid
        """, stems: "", "风格|色调|胶片|画风|质感|光影|滤镜|水彩|油画|动漫|赛博");

    private const string Beings = """
        person persons people man men woman women boy boys girl girls child children kid kids baby babies toddler teenager lady ladies guy
        gentleman male female dog dogs puppy cat cats kitten horse horses bird birds fox foxes wolf wolves bear bears rabbit rabbits robot
        robots android monster monsters dragon dragons doll dolls knight wizard witch warrior princess prince king queen elf alien aliens
        """;

    private static readonly Regex Class = Words(Beings + """
        character creature animal toy figure figurine puppet mascot actor actress singer dancer soldier astronaut human
        """, stems: "", "[人男女孩狗猫马鸟]|角色|怪物|玩偶|公主");

    private static readonly Regex Seen = Words(Beings + """
        crowd crowds car cars truck trucks bus train trains boat boats ship ships house houses building buildings castle castles tower
        towers bridge bridges street streets road roads city cities village tree trees forest mountain mountains hill hills beach sea ocean
        river lake desert garden park room kitchen table chair window windows door doors flower flowers cloud clouds skyline walks walking
        runs running sits sitting stands standing eats eating drinks drinking holds holding
        """, stems: "", "[人男女孩狗猫马鸟车房树山海河街]");

    /// <summary>Whether a caption names a motion of the camera or of a subject.</summary>
    public static bool NamesMotion(string caption) => Moves.IsMatch(caption) || CameraClaims.Of(caption).Count > 0;

    /// <summary>Whether a caption names a look: a medium, light, colour or style.</summary>
    public static bool NamesLook(string caption) => Look.IsMatch(caption);

    /// <summary>Whether a caption says what a character is one of.</summary>
    public static bool NamesClass(string caption) => Class.IsMatch(caption);

    /// <summary>A word of a caption for people, animals, places or things; null if there is none.</summary>
    public static string? Content(string caption) => Seen.Match(caption) is { Success: true } match ? match.Value : null;

    // Whole words, stems with the endings of verbs, and Chinese, which is written without spaces.
    private static Regex Words(string whole, string stems, string chinese)
    {
        var verbs = stems == "" ? "" : $@"|(?:{Alternatives(stems)})(?:\p{{L}}?(?:ing|ed)|e?s|ies|e|le[sd]?|ling)?";
        return new Regex($@"\b(?:{Alternatives(whole)}{verbs})\b|{chinese}", Any);
    }

    private static string Alternatives(string words) =>
        string.Join('|', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
}
