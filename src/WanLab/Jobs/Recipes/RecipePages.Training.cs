using WanLab.Datasets;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Jobs.Recipes;

internal sealed partial class RecipePages
{
    private const int MostPrompts = 2;

    private void Training()
    {
        var (least, most) = RecipeSettings.StepRange(request.Kind);
        _page.Section("training")
            .Set("steps", settings.Steps, IsTiny
                ? "over both experts"
                : $"Over both experts. {least} to {most} suit this kind; the middle for 10 to 20 clips, less for fewer, more for more. " +
                    "Better data helps more than steps beyond 3000 to 4000.")
            .Set("batch_size", 1, request.Gpu >= 80 ? "2 to 4 may fit here, once a run is stable" : "")
            .Set("gradient_accumulation", 1, "gradients are averaged over this many items; gains little with video")
            .Set("optimizer", OptimizerType.AdamW8Bit.Name)
            .Set("learning_rate", "1e-4", "If previews jump about or overshoot: 5e-5, and resume. {high: , low: } sets each expert's own.")
            .Set("weight_decay", "1e-4")
            .Set("loss", LossType.Mse, "the usual one for flow matching")
            .Set("timestep_type", settings.TimestepType, request.Kind switch
            {
                RecipeKind.Motion => "even over each expert's range",
                RecipeKind.Style => "even over each expert's range; shift leans to the noisy side",
                _ => "the middle of the noise range, where likeness forms; the high-noise expert then works close to the boundary",
            })
            .Set("timestep_bias", settings.TimestepBias, request.Kind switch
            {
                RecipeKind.Motion => "favor_high_noise leans to the noisy end of each expert's range, for a very clean camera move",
                RecipeKind.Style => "tone and colour are laid down at the noisy end; the base keeps its details",
                _ => "both ends count; favor_low_noise only for fine detail",
            });
        _page.In("ema").Set("enabled", false, "a moving average of the adapter; seldom needed for a LoRA").Out();
        Preservation();
        _page.In("text_encoder")
            .Set("cache", true, "captions are encoded once, those of dropout and DOP included, so both work with the cache")
            .Out();
    }

    private void Preservation()
    {
        if (!settings.Dop)
        {
            _page.Remark(
                "Holds the base model's output where the trigger word is absent. A motion seldom needs it; it needs a trigger word.");
            _page.In("dop").Set("enabled", false).Out();
            return;
        }
        _page.Remark("Differential output preservation: with the class in the trigger word's place, the LoRA is held to the base model's " +
            "output. Costs further passes a step.");
        _page.In("dop").Set("enabled", true).Set("multiplier", 1)
            .Say("class", settings.DopClass, request.Kind == RecipeKind.Style
                ? "what most clips show: scene, person, landscape"
                : "what the character is: person, woman, dog").Out();
    }

    private void Advanced()
    {
        _page.Section("advanced").Remark(request.Kind == RecipeKind.Style
            ? "Differential guidance trains further away from the base than the clips are. For a LoRA that only edits, try enabled: " +
                "true with scale 3; 1 to 2 for a heavy look. Off for a first run."
            : "Differential guidance trains further away from the base than the clips are. Off for a first run.");
        _page.In("differential_guidance").Set("enabled", false).Out();
    }

    private void Dataset()
    {
        _page.Section("datasets");
        _page.Item("path", PathOf(request.Dataset))
            .Say("default_caption", survey.WithoutCaption > 0 ? Captions.ToWrite : "", survey.WithoutCaption > 0
                ? $"For the {survey.WithoutCaption} files without a caption of their own; the job is refused until this is edited, such " +
                    $"as: {ExampleCaption()}. Captions of their own are better."
                : "for files without a .txt of the same name; here all have one")
            .Set("caption_dropout_rate", "0.05", "share of items trained without caption; 0.05 to 0.1");
        Resolutions();
        Frames();
        _page.Set("cache_latents", true, "encoded once and kept, clips of many frames too")
            .Set("flip_x", false, request.Kind == RecipeKind.Style
                ? "mirrored copies may widen a style"
                : "mirroring turns left into right; a face, or a motion, is not the same mirrored")
            .Set("flip_y", false)
            .Out();
    }

    private void Resolutions()
    {
        if (!IsTiny)
        {
            _page.Remark(settings.LowVram
                ? "Side of the square of the trained area. 768 may fit with fewer frames; leave 1024 out."
                : "Sides of the squares of the trained areas; a clip is trained at the largest one it fills, never scaled up. " +
                    "Add 1024 once the run is stable.");
        }
        _page.Set("resolutions", settings.Resolutions);
    }

    private void Frames()
    {
        if (survey.AreImages)
        {
            _page.Set("num_frames", 1, "the folder holds images");
            return;
        }
        var seconds = FormattableString.Invariant($"{(frames - 1) / FrameSampler.ModelFps:0.0#} seconds at 16 frames a second");
        _page.Remark($"{seconds}. {FrameReason()}");
        _page.Set("num_frames", frames);
        var (least, most) = survey.UniformSpeed(frames);
        _page.Remark("native takes frames at true speed from a window at a random place of the clip. "
            + FormattableString.Invariant(
                $"uniform would spread the {frames} frames over each whole clip, and teach motion at {least:0.0#} to {most:0.0#} times its speed: ")
            + (most > 1.2 ? "right only if every item must show the whole clip." : "here that is nearly the same."));
        _page.Set("frame_sampling", FrameSampling.Native);
    }

    private string FrameReason()
    {
        if (frames < settings.WantedFrames)
            return $"Shorter than the usual {settings.WantedFrames}, since clips here are no " +
                $"longer{(survey.TooShort(frames) is > 0 and var few ? $" ({few} are shorter still and are left out)" : "")}. " +
                "The model makes up to 81.";
        if (IsTiny) return "1, or a multiple of 4 and one more.";
        return settings.WantedFrames == 81
            ? "The model's full length; 41 halves memory and time."
            : "33 or 21 save memory and time, and show less of the motion; up to 81 fit large GPUs, at twice the time.";
    }

    private string ExampleCaption() => request.Kind switch
    {
        RecipeKind.Motion => "orbit 360 around the subject",
        RecipeKind.Style => $"{trigger}, grainy 16mm film look, high contrast, warm tint",
        _ => $"{trigger}, person, portrait",
    };
}
