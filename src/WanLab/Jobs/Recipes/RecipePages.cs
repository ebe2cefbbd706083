using WanLab.Adapters;
using WanLab.Memory;
using WanLab.Training;

namespace WanLab.Jobs.Recipes;

/// <summary>The text of one recipe, section by section: what each setting does, and where WanLab differs from other trainers.</summary>
internal sealed partial class RecipePages(
    RecipeRequest request, DatasetSurvey survey, RecipeSettings settings, int frames, string? trigger, string name, string folder)
{
    private readonly YamlPage _page = new();

    private bool IsTiny => request.Model == RecipeRequest.TinyModel;

    /// <summary>The whole text of the recipe.</summary>
    public string Write()
    {
        Head();
        Job();
        Model();
        Quantization();
        Multistage();
        Target();
        Save();
        Training();
        Advanced();
        Dataset();
        Sample();
        Validation();
        Logging();
        WhenItFails();
        return _page.ToString();
    }

    private void Head()
    {
        var (least, most) = RecipeSettings.StepRange(request.Kind);
        _page.Remark($"A {request.Kind.ToString().ToLowerInvariant()} LoRA for Wan 2.2 image to video, " +
            $"{(IsTiny ? "rehearsed on the embedded tiny model" : $"on a GPU of {request.Gpu} GB")}: a point to start from.")
            .Remark("'wanlab check FILE' shows what is wrong with it and what it will cost; 'wanlab train FILE' runs it.")
            .Remark($"Wanted for this kind: {RecipeSettings.ClipRange(request.Kind)}.")
            .Remark(
                $"Found: {survey.Clips.Count} {(survey.AreImages ? "images" : FormattableString.Invariant($"clips of {survey.Seconds.Shortest:0.0} to {survey.Seconds.Longest:0.0} seconds"))}"
                + (survey.Clips.Count < 10 ? "; so few are soon memorised: add more, or stop early." : "."));
        if (IsTiny)
            _page.Remark("The tiny model gets a hundredth of the steps and small sizes; " +
                $"on the real one this recipe takes {least} to {most} steps.");
    }

    private void Job()
    {
        _page.Section("job").Say("name", name, "the run's folder below the output folder; any name");
        if (trigger is not null)
        {
            _page.Say("trigger_word", trigger, request.TriggerWord is null
                ? "Made up, since none was given. Use a word that means nothing, and the same one when you sample. " +
                    "It replaces [trigger] and is put in front of captions that lack it."
                : "replaces [trigger], and is put in front of captions that lack it");
        }
        else _page.Remark("No trigger word: the captions name the motion ('orbit 360 around the subject'), which is its switch.");
        _page.Set("device", "auto", "the first CUDA device, or the CPU where there is none; cuda:1 is the second")
            .Set("seed", 42, "all randomness of the run follows from this number");
    }

    private void Model()
    {
        _page.Section("model");
        if (IsTiny)
        {
            _page.Set("architecture", ModelArchitecture.WanTiny,
                $"nothing to download; for the real model: {ModelArchitecture.Wan22I2V14B.Word()} with its path");
        }
        else
        {
            _page.Set("architecture", ModelArchitecture.Wan22I2V14B);
            if (request.Model is null) _page.Remark("FILL IN: the model's folder, in diffusers or official layout (safetensors).");
            _page.Say("path", request.Model is { } model ? PathOf(model) : RecipeWriter.PathToFillIn);
        }
        _page.Set("low_vram", settings.LowVram, settings.LowVram
                ? "only the expert in training is on the GPU; the other one waits in host memory"
                : "both experts stay on the GPU. Set true when 768 or long clips run out of memory")
            .Set("layer_offloading", settings.Offloading.ToString(CultureInfo.InvariantCulture),
                "share of the blocks streamed from host memory, 0 to 1: slower; for GPUs of 10 to 12 GB with 64 GB of host memory");
    }

    private void Quantization()
    {
        _page.Section("quantization");
        if (IsTiny) _page.Remark($"The tiny model needs none: this is what the real one gets on {request.Gpu} GB, to see it work.");
        _page.Set("transformer", settings.Transformer, settings.Transformer switch
        {
            TransformerQuantization.UInt4Ara =>
                "4 bits, and a small fixed adapter against the error. Best is a file of one, trained for it (ara: FILE); " +
                    "the one computed here gains little. If in doubt: float8, for about 7 GB more an expert",
            _ => "8 bits: simple and close to bf16. uint4+ara halves it, for larger sizes or more frames",
        })
            .Set("text_encoder", settings.TextEncoder, "its own setting here. It runs once before training, then it is freed");
    }

    private void Multistage()
    {
        _page.Section("multistage").Set("high_noise", true, "the expert of composition, camera and motion")
            .Set("low_noise", true, "the expert of details, faces and texture")
            .Set("switch_every", settings.SwitchEvery, settings.LowVram
                ? "Steps on one expert before the other's turn. A change moves an expert to the GPU, so not 1 here; 10 to 50."
                : "Steps on one expert before the other's turn. Both stay in memory, so 1 works as well and alternates more smoothly.")
            .Set("high_share", "0.5", request.Kind == RecipeKind.Motion
                ? "Share of the steps for the high-noise expert. Raise it (0.6) for a pure camera move: " +
                    "a bias alone never changes the shares."
                : "Share of the steps for the high-noise expert. A bias moves the emphasis only within each expert's range; " +
                    "this moves it between them.")
            .Set("boundary", "0.9", "where the experts meet in I2V-A14B; ai-toolkit splits at 0.875");
    }

    private void Target() => _page.Section("target").Set("type", TargetType.Lora).Set("rank", 16, request.Kind switch
    {
        RecipeKind.Motion => "enough for a motion",
        RecipeKind.Style => "32 for a complex look, when memory allows; a higher rank memorises sooner",
        _ => "32 only once runs are stable and faces up close need it",
    });

    private void Save()
    {
        _page.Section("save").Set("dtype", SaveDType.Bf16).Set("every", settings.Every, "a pair of files, one an expert")
            .Set("keep", settings.Keep, "newest pairs kept. The last one need not be the best: compare the previews");
    }

    private string PathOf(string path)
    {
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFullPath(path)
            : relative.Replace('\\', '/');
    }
}
