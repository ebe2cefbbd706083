using WanLab.Datasets;
using WanLab.Diffusion;

namespace WanLab.Jobs.Recipes;

internal sealed partial class RecipePages
{
    private void Sample()
    {
        _page.Section("sample", "Previews while training: they change nothing, and show which checkpoint is best.")
            .Set("every", settings.Every,
                settings.Every == 250 ? "as save.every, so that each checkpoint has its previews; rarer if they take too long" : "")
            .Set("skip_first", false, "also at step 0: what the base model makes of the same prompts")
            .Set("sampler", Solver.UniPc.Name)
            .Set("steps", settings.SampleSteps, IsTiny ? "few, to keep previews quick" : "more take longer and change little")
            .Set("width", settings.SampleSize, IsTiny ? "" : "704 with height 1280 for upright clips")
            .Set("height", settings.SampleSize)
            .Set("guidance_scale", "3.5", "3.5 to 4")
            .Set("seed", 42, "the same at each preview, so that they can be compared")
            .Set("walk_seed", false, "true gives each prompt a seed of its own: seed plus its index")
            .Set("num_frames", survey.AreImages ? Math.Min(settings.WantedFrames, 41) : frames,
                survey.AreImages
                    ? "a clip, although single images are trained: one frame would only repeat the control image"
                    : "as trained. A LoRA of 41 frames mostly does well at 81 too: try one then")
            .Set("fps", 16, "speed of playing only; the model makes 16 a second");
        Prompts();
    }

    private void Prompts()
    {
        var pictures = Pictures();
        _page.Remark("Image to video: every prompt needs an image to start from, or a clip, whose first frame is taken. "
            + (pictures.Count > 0
                ? "Edit them: 2 to 4 prompts that say what you will ask for."
                : "These are clips that are trained on. Better: 2 to 4 images of your own, which the model has never seen, " +
                    "like those you will use."));
        _page.In("prompts");
        var clips = survey.Clips;
        for (var i = 0; i < (pictures.Count > 0 ? pictures.Count : Math.Min(MostPrompts, clips.Count)); i++)
        {
            var clip = clips[i % clips.Count];
            var caption = (pictures.Count > 0 ? Captions.Read(pictures[i], "") : null) ?? clip.Caption ?? ExampleCaption();
            _page.Item("prompt", WithTrigger(caption)).Say("image", PathOf(pictures.Count > 0 ? pictures[i] : clip.File)).Out();
        }
        _page.Out();
    }

    // Pictures kept next to the clips, as held-out ones are.
    private List<string> Pictures()
    {
        if (survey.AreImages) return [];
        string[] places = [Path.Combine(request.Dataset, "images"), Path.Combine(request.Dataset, "..", "images")];
        return [.. places.Where(Directory.Exists).Take(1)
            .SelectMany(place => ClipFolder.Files(place, ClipLibrary.ImageExtensions)).Take(MostPrompts)];
    }

    // A prompt gets the trigger word only if it asks for it.
    private string WithTrigger(string caption) =>
        trigger is null || caption.Contains(Captions.Placeholder, StringComparison.Ordinal) || Captions.Contains(caption, trigger)
            ? caption : $"{Captions.Placeholder} {caption}";

    private void Validation()
    {
        const int enough = 5;
        _page.Section("validation",
            "Loss on clips that are never trained on, against the base model's on the same noise: rising again means memorised clips.");
        if (survey.Clips.Count < enough) _page.Set("every", 0, $"off: with {survey.Clips.Count} clips none can be spared");
        else
        {
            _page.Set("every", settings.Every)
                .Set("holdout", "0.1", "share of the clips, at least one; or a folder of others");
        }
    }

    private void Logging() => _page.Section("logging").Set("tensorboard", false, "true writes TensorBoard's files next to metrics.jsonl");

    private void WhenItFails()
    {
        _page.Comments("When it does not come out right:");
        foreach (var line in RecipeAdvice.For(request.Kind)) _page.Remark("- " + line);
    }
}
