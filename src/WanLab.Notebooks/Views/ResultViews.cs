using WanLab.Adapters;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Media;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Torch.Safetensors;

namespace WanLab.Notebooks.Views;

/// <summary>Shows the results of a run: checkpoints, previews, held-out losses.</summary>
internal static class ResultViews
{
    public static IEnumerable<Block> Of(RunCheckpoint checkpoint)
    {
        yield return new Heading(Path.GetFileName(checkpoint.File), checkpoint.Step is { } step ? $"step {step}" : "finished");
        if (!File.Exists(checkpoint.File))
        {
            yield return new Note(NoteKind.Warning,
                $"The file is gone: {checkpoint.File}. A run keeps its newest checkpoints (save.keep).");
            yield break;
        }
        var file = SafetensorsFile.Open(checkpoint.File);
        yield return new Facts(
        [
            ("expert", checkpoint.Expert.Title()),
            ("file", checkpoint.File),
            ("size", Numbers.Size(new FileInfo(checkpoint.File).Length)),
            ("rank", string.Join(", ", Ranks(file))),
            .. Described(file.Metadata),
        ]);
    }

    public static IEnumerable<Block> Of(LoraFileInfo info) =>
    [
        new Heading("LoRA file", info.Naming),
        new Facts(
        [
            ("rank", string.Join(", ", info.Ranks)),
            ("type", string.Join(", ", info.DTypes)),
            ("keys left unread", $"{info.IgnoredKeys.Count}"),
            .. Described(info.Metadata),
        ]),
    ];

    public static IEnumerable<Block> Of(RunSample sample)
    {
        var name = sample.Step == 0 ? "base model" : $"step {sample.Step}";
        yield return new Heading($"Preview of prompt {sample.Prompt}", name);
        yield return new VideoBlock([""], [("", [new Video(sample.File, "", IsPreview: true)])]);
        if (!File.Exists(SampleFiles.RecordOf(sample.File))) yield break;
        foreach (var block in Facts(sample.Record(), sample.File)) yield return block;
    }

    public static IEnumerable<Block> Of(SampleRecord record) => [new Heading("Sampled clip", record.Model), .. Facts(record, null)];

    public static IEnumerable<Block> Of(ValidationRecord record) =>
    [
        new Heading($"Validation at step {record.Step}", record.Expert.Title()),
        new Facts(
        [
            ("difference", $"{Numbers.Signed(record.Difference)} against the base model{Interval(record)}"),
            ("loss", $"{Numbers.Short(record.Loss)}, the base model's {Numbers.Short(record.BaseLoss)}, "
                + $"on {Numbers.Of(record.Clips, "clip")}"),
        ]),
        new TableBlock(["sigma", "loss", "base model", "difference"],
        [
            .. record.Sigmas.Select(s => (IReadOnlyList<string>)
                [Numbers.Short(s.Sigma), Numbers.Short(s.Loss), Numbers.Short(s.BaseLoss), Numbers.Signed(s.Loss - s.BaseLoss)]),
        ]),
    ];

    private static string Interval(ValidationRecord record) =>
        record is { Lower: { } lower, Upper: { } upper } ? $", 95 % interval {Numbers.Signed(lower)} to {Numbers.Signed(upper)}" : "";

    private static IEnumerable<long> Ranks(SafetensorsFile file) =>
        file.Entries.Where(e => e.Key.EndsWith(".lora_A.weight", StringComparison.Ordinal))
            .Select(e => e.Value.Shape[0]).Distinct().Order();

    private static IEnumerable<Block> Facts(SampleRecord record, string? file)
    {
        var (request, video) = (record.Request, record.Request.Video);
        var guidance = string.Join(" and ", Experts.All.Select(e => Numbers.Short(video.GuidanceScale[e])).Distinct());
        yield return new Facts(
        [
            .. file is null ? [] : new[] { ("file", file) },
            ("prompt", request.Prompt),
            ("image", request.Image),
            ("size", $"{video.Width}x{video.Height}, {Numbers.Of(video.NumFrames, "frame")} at {video.Fps} a second"),
            ("sampler", $"{video.Sampler}, {Numbers.Of(video.Steps, "step")}, guidance {guidance}, seed {video.Seed}"),
            ("model", $"{record.Model}{(record.Loras() is null ? "" : " with LoRA")}{(record.Step is { } step ? $", step {step}" : "")}"),
        ]);
    }

    private static IEnumerable<(string, string)> Described(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Where(pair => pair.Key is not ("job" or "expert"))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key.Replace('_', ' '), pair.Value));
}
