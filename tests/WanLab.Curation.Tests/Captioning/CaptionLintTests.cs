using WanLab.Curation.Captioning;
using WanLab.Curation.Motion;
using WanLab.Datasets;
using WanLab.Jobs.Recipes;
using WanLab.Models.Text;

namespace WanLab.Curation.Tests.Captioning;

public sealed class CaptionLintTests
{
    private static CaptionedClip Clip(string name, string text) => new($"/set/{name}.mp4", text, CaptionOrigin.File);

    private static string[] Kinds(CaptionRules rules, params string[] captions) =>
        [.. CaptionLint.Of([.. captions.Select((text, k) => Clip($"{k}", text))], rules).Select(flaw => flaw.Kind.ToString())];

    [Theory]
    [InlineData("orbit 360 around the subject, a red house")]
    [InlineData("a dog runs along the beach")]
    [InlineData("the balloon bursts")]
    [InlineData("环绕一座城堡")]
    public void A_motion_that_is_named_is_fine(string caption) =>
        Assert.Empty(Kinds(new CaptionRules { Kind = RecipeKind.Motion }, caption));

    [Theory]
    [InlineData("a red house")]
    [InlineData("cinematic neon cyberpunk style")]
    public void A_motion_that_is_not_named_is_a_flaw_of_motion_loras_only(string caption)
    {
        Assert.Equal(["MotionNotNamed"], Kinds(new CaptionRules { Kind = RecipeKind.Motion }, caption));
        Assert.Empty(Kinds(new CaptionRules(), caption));
    }

    [Fact]
    public void A_caption_against_the_measured_motion_shows_both()
    {
        var rules = new CaptionRules
        {
            Motions = new Dictionary<string, ClipMotion>
            {
                ["/set/a.mp4"] = Motions.Of(CameraMove.PanRight, 0.9, "slow pan right"),
                ["/set/b.mp4"] = Motions.Of(CameraMove.PanRight, 0.9, "slow pan right"),
            },
        };
        var flaw = Assert.Single(CaptionLint.Of([Clip("a", "pan left over a field"), Clip("b", "pan right over a lake")], rules));
        Assert.Equal((CaptionFlawKind.MotionContradicted, "/set/a.mp4", "says 'pan left', measured: slow pan right"),
            (flaw.Kind, flaw.File, flaw.Detail));
    }

    [Fact]
    public void The_measured_motion_is_offered_where_none_is_named()
    {
        var rules = new CaptionRules
        {
            Kind = RecipeKind.Motion,
            Motions = new Dictionary<string, ClipMotion> { ["/set/a.mp4"] = Motions.Of(CameraMove.TiltUp, 0.9, "fast tilt up") },
        };
        Assert.Equal("measured: fast tilt up", Assert.Single(CaptionLint.Of([Clip("a", "a tower")], rules)).Detail);
    }

    [Fact]
    public void Captions_that_are_the_same_are_one_line_with_the_names()
    {
        CaptionedClip[] clips = [.. Enumerable.Range(0, 5).Select(k => Clip($"c{k}", "orbit around")), Clip("own", "orbit around a cat")];
        var line = Assert.Single(CaptionFlaw.Lines(CaptionLint.Of(clips, new CaptionRules())));
        Assert.Equal("c0.mp4, c1.mp4 and 3 other clips: its caption is not its own: these all have 'orbit around'. " +
            "Add what differs from clip to clip.", line);
    }

    [Theory]
    [InlineData("frung, grainy 16mm film look, high contrast, warm tint")] // the tutorial's
    [InlineData("cinematic neon cyberpunk style")]
    public void The_look_alone_is_right_for_a_style_even_in_each_clip(string caption) =>
        Assert.Empty(Kinds(new CaptionRules { Kind = RecipeKind.Style, TriggerWord = "frung" }, caption, caption));

    [Fact]
    public void A_style_without_its_look_or_with_content_is_a_flaw()
    {
        var rules = new CaptionRules { Kind = RecipeKind.Style, TriggerWord = "frung" };
        Assert.Equal(["LookNotNamed"], Kinds(rules, "frung, very nice"));
        Assert.Equal(["ContentDescribed"], Kinds(rules, "frung, watercolor style, a woman in a street"));
        Assert.Equal(["LookNotNamed", "ContentDescribed"], Kinds(rules, "a woman walks"));
    }

    [Fact]
    public void A_character_needs_a_trigger_word_and_a_class()
    {
        var rules = new CaptionRules { Kind = RecipeKind.Character, TriggerWord = "frung" };
        Assert.Empty(Kinds(rules, "frung, young woman, casual clothing", "[trigger], person"));
        Assert.Equal(["NoClass"], Kinds(rules, "frung in casual clothing"));
        Assert.Empty(Kinds(rules with { ClassWord = "teapot" }, "frung, a teapot on a stove"));
        Assert.Equal(["NoTrigger"], Kinds(rules with { TriggerWord = null }, "[trigger], young woman", "a man"));
        Assert.Empty(Kinds(rules with { TriggerWord = null, IsRegularization = true }, "somebody else"));
    }

    [Fact]
    public void A_set_of_other_subjects_is_held_against_no_rule_of_the_kind()
    {
        foreach (var kind in Enum.GetValues<RecipeKind>())
            Assert.Empty(Kinds(new CaptionRules { Kind = kind, IsRegularization = true }, "a thing", "a thing"));
    }

    [Theory]
    [InlineData("frung", "furng, a woman", "furng")]
    [InlineData("frung", "a Frung in a hat", "Frung")]
    [InlineData("frung", "frun, a woman", "frun")]
    [InlineData("frung", "frungs at play", "frungs")]
    [InlineData("wan_cam_orbit", "wan cam orbit of a house", "wan cam orbit")]
    [InlineData("wan_cam_orbit", "wan_cam_orbt of a house", "wan_cam_orbt")]
    [InlineData("frung", "frung and frnug", "frnug")]
    [InlineData("frung", "frung, a young woman", null)]
    [InlineData("frung", "[trigger], a grunge singer", null)]
    [InlineData("zeb", "a web and a zebra", null)]
    [InlineData("zeb", "Zeb looks up", "Zeb")]
    public void What_is_nearly_the_trigger_word_is_found(string trigger, string caption, string? found) =>
        Assert.Equal(found, NearTrigger.In(caption, trigger));

    [Fact]
    public void A_clip_without_a_caption_says_what_it_gets()
    {
        CaptionedClip[] clips = [new("/set/a.mp4", "", CaptionOrigin.NoFile), new("/set/b.mp4", "", CaptionOrigin.EmptyFile)];
        Assert.Equal(["a.mp4: has no caption. Write one to a .txt of the same name, or set default_caption in the job.",
            "b.mp4: its caption file is empty, which is the same as none."],
            CaptionFlaw.Lines(CaptionLint.Of(clips, new CaptionRules())));

        var byDefault = CaptionLint.Of(clips, new CaptionRules { DefaultCaption = "a walk" });
        Assert.All(byDefault, flaw => Assert.Equal(CaptionFlawKind.DefaultUsed, flaw.Kind));
        Assert.Contains("its caption file is empty, so it is trained with default_caption: 'a walk'", byDefault[1].Words);

        Assert.All(CaptionLint.Of(clips, new CaptionRules { DefaultCaption = Captions.ToWrite }),
            flaw => Assert.Equal(CaptionFlawKind.ToWrite, flaw.Kind));
    }

    [Fact]
    public void A_caption_that_is_too_long_shows_the_cut()
    {
        using var tokenizer = WanTokenizer.Tiny(textLength: 8);
        var text = "orbit around the red house and the garden behind it";
        var flaw = Assert.Single(CaptionLint.Of([Clip("a", text)], new CaptionRules { Tokenizer = tokenizer }));
        Assert.Equal(CaptionFlawKind.TooLong, flaw.Kind);
        var (read, lost) = tokenizer.Cut(text);
        Assert.StartsWith(read, text);
        Assert.EndsWith(lost, text);
        Assert.Equal(text.Length, read.Length + 1 + lost.Trim().Length);
        Assert.Contains($"after '{read}' and before '{lost.Trim()}'", flaw.Words);
        Assert.Empty(CaptionLint.Of([Clip("a", "orbit")], new CaptionRules { Tokenizer = tokenizer }));
    }

    [Fact]
    public void A_folder_is_read_with_its_empty_files_and_orphans_and_without_the_files_of_curation()
    {
        using var folder = new TempFolder();
        foreach (var name in (string[])["a.mp4", "b.mp4", "c.mp4", "é.mp4"]) folder.Write(name, "no clip, and not decoded");
        folder.Write("a.txt", "orbit\n");
        folder.Write("b.caption", " ");
        folder.Write("e\u0301.json", """{"caption": "pan left", "seed": 3}""");
        folder.Write("lost.txt", "x");
        foreach (var own in (string[])[CurationFiles.Plan, CurationFiles.Drafts, CurationFiles.CaptionHistory]) folder.Write(own, "{}");

        var captions = CaptionFolder.Read(folder.Path);

        Assert.Equal(["orbit", "", "", "pan left"], captions.Clips.Select(clip => clip.Text));
        Assert.Equal([CaptionOrigin.File, CaptionOrigin.EmptyFile, CaptionOrigin.NoFile, CaptionOrigin.File],
            captions.Clips.Select(clip => clip.Origin));
        Assert.Equal(["a.txt", "b.caption", "c.txt", "e\u0301.json"], captions.Clips.Select(clip => Path.GetFileName(clip.File)));
        Assert.Equal(["lost.txt"], captions.Orphans.Select(Path.GetFileName));
        Assert.Equal("a.mp4", captions.Clip("a").Name);
        Assert.Contains("Did you mean 'a.mp4'?", Assert.Throws<WanLabException>(() => captions.Clip("a.mp5")).Message);
    }
}
