using WanLab.Diffusion;
using WanLab.Media;
using WanLab.Sampling;

namespace WanLab.Jobs.Import;

/// <summary>Imports the sample section, with the prompts' own settings.</summary>
internal static class ImportedSample
{
    public static SampleOptions Sample(SourceSection sample, SourceSection train)
    {
        sample.Ignore("guidance_rescale", "do_cfg_norm", "format", "ext", "refiner_start_at");
        sample.Drop("WanLab samples the adapter as it is.", ("network_multiplier", "1"));
        sample.Drop("previews are made at each multiple of sample.every.", ("sample_start_step", "0"));
        if (sample.Text("sampler") is { } sampler && sampler is not ("flowmatch" or "flow_match" or "euler"))
            sample.Note("sampler", ImportOutcome.Changed,
                $"is euler: ai-toolkit always samples this model with it, although the file says '{sampler}'.");
        sample.Note("sampler", ImportOutcome.Advice, "is euler, as there; unipc, the model's own, needs fewer steps.");
        var every = sample.Count("sample_every", 100);
        if (train.Switch("disable_sampling", false)) every = 0;
        var options = new SampleOptions
        {
            Every = every,
            SkipFirst = train.Switch("skip_first_sample", false) && !train.Switch("force_first_sample", false),
            Sampler = Solver.Euler,
            Steps = sample.Count("sample_steps", 20),
            Width = ClipSize.SideAtMost(sample.Count("width", 512)),
            Height = ClipSize.SideAtMost(sample.Count("height", 512)),
            GuidanceScale = sample.Number("guidance_scale", 7),
            Seed = sample.Seed("seed", 0)!.Value,
            WalkSeed = sample.Switch("walk_seed", false),
            NumFrames = ClipSize.FramesAtMost(sample.Count("num_frames", 1)),
            Fps = sample.Count("fps", 16),
            NegativePrompt = sample.Text("neg") ?? "",
        };
        var prompts = sample.Sections("samples").Select(entry => Prompt(options, entry))
            .Concat(sample.Texts("prompts").Select((text, i) => Plain(options, sample, text, i)));
        return options with { Prompts = [.. prompts.OfType<PromptOptions>()] };
    }

    private static PromptOptions? Prompt(SampleOptions section, SourceSection entry)
    {
        entry.Ignore("ctrl_idx", "ctrl_img_2", "ctrl_img_3");
        entry.Drop("WanLab samples the adapter as it is.", ("network_multiplier", "1"));
        var flags = PromptFlags.Parse(entry.Text("prompt") ?? "");
        foreach (var unknown in flags.Unknown)
            entry.Note("prompt", ImportOutcome.Dropped, $"the flag --{unknown} has no counterpart here.");
        var image = flags.Image ?? entry.Text("ctrl_img") ?? entry.Text("ctrl_img_1");
        entry.Ignore("ctrl_img_1");
        flags = flags with
        {
            Width = flags.Width ?? Optional(entry, "width", ClipSize.SideAtMost),
            Height = flags.Height ?? Optional(entry, "height", ClipSize.SideAtMost),
            Seed = flags.SeedText is { } seed ? entry.SeedOf("prompt", seed) : entry.Seed("seed", null),
            Steps = flags.Steps ?? Optional(entry, "sample_steps", n => n),
            Guidance = flags.Guidance ?? (entry.Has("guidance_scale") ? entry.Number("guidance_scale", 1) : null),
            Frames = flags.Frames ?? Optional(entry, "num_frames", ClipSize.FramesAtMost),
            Fps = flags.Fps ?? Optional(entry, "fps", n => n),
            Negative = flags.Negative ?? entry.Text("neg"),
        };
        if (image is not null) return new PromptOptions { Prompt = flags.Prompt, Image = image, Settings = flags.Over(section) };
        entry.Note("prompt", ImportOutcome.Dropped, "has no ctrl_img, and image to video needs one: " +
            "there, this preview ends the run ('size of tensor a (36) must match ... b (16)'). Add it to sample.prompts with an image.");
        return null;
    }

    private static PromptOptions? Plain(SampleOptions section, SourceSection sample, string text, int index)
    {
        var flags = PromptFlags.Parse(text);
        if (flags.SeedText is { } seed) flags = flags with { Seed = sample.SeedOf("prompts", seed) };
        if (flags.Image is { } image) return new PromptOptions { Prompt = flags.Prompt, Image = image, Settings = flags.Over(section) };
        sample.Note("prompts", ImportOutcome.Dropped,
            $"prompt {index} has no control image, and image to video needs one. Add it to sample.prompts with an image.");
        return null;
    }

    private static int? Optional(SourceSection entry, string key, Func<int, int> turn) => entry.Has(key) ? turn(entry.Count(key, 0)) : null;
}
