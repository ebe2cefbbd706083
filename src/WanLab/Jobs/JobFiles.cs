using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Jobs;

/// <summary>Checks whether the folders and files that a job names exist.</summary>
internal static class JobFiles
{
    private static readonly string[] Pickled = [".pt", ".pth", ".ckpt", ".bin"];

    public static void Check(TrainingJob job, ReadContext context)
    {
        for (var i = 0; i < job.Datasets.Count; i++)
        {
            Folder($"datasets.{i}.path", job.Datasets[i].Path, context);
            ToWrite($"datasets.{i}.default_caption", job.Datasets[i], context);
        }
        for (var i = 0; i < job.Sample.Prompts.Count; i++)
        {
            File($"sample.prompts.{i}.image", job.Sample.Prompts[i].Image, context);
            File($"sample.prompts.{i}.reference", job.Sample.Prompts[i].Reference, context);
        }
        Folder("validation.holdout", job.Validation.Holdout.Folder, context);
        if (job.Quantization is { Transformer: TransformerQuantization.UInt4Ara, Ara: not QuantizationOptions.ComputedAra })
            Weights("quantization.ara", job.Quantization.Ara, context);

        if (job.Model.Path is not { } model) return;
        Folder("model.path", model.Folder, context);
        Weights("model.path.high", model.High, context);
        Weights("model.path.low", model.Low, context);
        Weights("model.path.vae", model.Vae, context);
        Weights("model.path.text_encoder", model.TextEncoder, context);
        if (!Directory.Exists(model.Tokenizer)) File("model.path.tokenizer", model.Tokenizer, context);
    }

    // A caption that nobody has written must not be trained; where every clip has one of its own, nothing is wrong.
    private static void ToWrite(string key, DatasetOptions set, ReadContext context)
    {
        if (!Captions.IsToWrite(set.DefaultCaption) || !Directory.Exists(set.Path) || UncaptionedClips.Count(set) is not (> 0 and var bare))
            return;
        Report(context, key, $"is still what the recipe wrote as a place to fill in, and {Numbers.Of(bare, "clip")} without a caption " +
            "would be trained with it; write a caption that is true of them, or better one for each (wanlab dataset captions)");
    }

    private static void Folder(string key, string? path, ReadContext context)
    {
        if (string.IsNullOrEmpty(path) || Directory.Exists(path)) return;
        Report(context, key, System.IO.File.Exists(path)
            ? $"'{path}' is a file, but a folder is needed here"
            : $"the folder '{path}' does not exist; {Hint}");
    }

    private static void File(string key, string? path, ReadContext context)
    {
        if (string.IsNullOrEmpty(path) || System.IO.File.Exists(path)) return;
        Report(context, key,
            Directory.Exists(path) ? $"'{path}' is a folder, but a file is needed here" : $"the file '{path}' does not exist; {Hint}");
    }

    private static void Weights(string key, string? path, ReadContext context)
    {
        if (Pickled.Contains(Path.GetExtension(path)?.ToLowerInvariant()))
            Report(context, key, $"'{path}' is a pickled file, which can run code when Python opens it; convert it, without " +
                "running any: wanlab convert FILE");
        else
            File(key, path, context);
    }

    private const string Hint = "correct the path (a relative one starts at the job file's folder; with --set, at the current one)";

    private static void Report(ReadContext context, string key, string message)
    {
        if (!context.Failed(key)) context.AddAt(key, message, Severity.Error);
    }
}
