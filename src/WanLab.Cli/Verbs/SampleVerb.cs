using System.CommandLine;
using WanLab.Adapters;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab sample</c>: makes one clip from an image and a prompt, with or without a LoRA.</summary>
internal static class SampleVerb
{
    public static Command Create(CliContext context)
    {
        var options = new SampleArguments();
        var command = new Command("sample", "Make a clip from an image and a prompt, with a LoRA or without.");
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(options, parsed, context, cancellation)));
        return command;
    }

    private static int Run(SampleArguments options, ParseResult parsed, CliContext context, CancellationToken cancellation)
    {
        var clip = parsed.GetRequiredValue(options.Out);
        if (!clip.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
            throw new WanLabException($"--out {clip}: clips are written as .mp4; give such a name.");
        var like = parsed.GetValue(options.Like) is { } file ? SampleFiles.Read(file) : null;
        var request = options.Request(parsed, like?.Request);
        request.Check();
        var named = options.Loras(parsed);
        var loras = named ?? like?.Loras();
        if (loras is null && like?.Step is > 0 and var made && PreviewAdapters.Find(parsed.GetValue(options.Like)!, made) is { } found)
        {
            named = loras = found;
            context.Error.WriteNote($"the adapters of step {made}: {string.Join(", ", Experts.All.Select(e => Path.GetFileName(found[e]))
                .OfType<string>())}");
        }
        var device = Device.Parse(parsed.GetValue(options.Device) ?? like?.Device ?? "auto");
        var wanted = options.ModelOf(parsed);
        if (wanted is not null) ModelCheck.Require(wanted);
        var model = wanted is null && like is not null ? like.OpenModel(device) : BaseModel.FromJob(wanted ?? new ModelOptions(), device);
        foreach (var note in LoraFiles.Notes(loras)) context.Error.WriteNote(note);
        if (like is not null)
        {
            RefuseChanges(like, SampleRecord.Of(model, request, loras), named, options, parsed, context);
            if (like.Step is not null && model.Device.IsCpu) Runtime.Threads = RunStart.Threads(model); // as the run, to the last bit
            if (like.Step is > 0 && request == like.Request && loras is not null && options.Loras(parsed) is null
                && PreviewAdapters.Rounding(loras) is { } rounded)
                context.Error.WriteNote($"near the preview, not equal to it: the run made it with the adapters in fp32, which were rounded "
                    + $"to {rounded} when they were saved (save.dtype: fp32 keeps them)");
        }
        foreach (var expert in request.UsedExperts())
            if (loras is not null && loras[expert] is null)
                context.Error.WriteNote($"no LoRA for the {expert.Name()} expert: it samples as the base model");

        StageProgress.Run(context.Error, progress => new ImageToVideoSampler(model).Sample(request, clip, loras, progress, cancellation));
        context.Out.WriteRaw(Path.GetFullPath(clip));
        return ExitCode.Success;
    }

    // Files named on the command line may differ; everything else must be unchanged, or the clip would not be the same.
    private static void RefuseChanges(
        SampleRecord like, SampleRecord now, LoraPair? named, SampleArguments options, ParseResult parsed, CliContext context)
    {
        var file = parsed.GetValue(options.Like);
        var expected = like;
        if (options.ModelOf(parsed) is not null) expected = expected with { Parts = now.Parts };
        if (named is not null)
            expected = expected with { LoraHigh = now.LoraHigh, LoraLow = now.LoraLow, Step = null };
        if (parsed.GetValue(options.Image) is not null) expected = expected with { ImageIdentity = now.ImageIdentity };
        if (expected is { Step: > 0 and var step, LoraHigh: null, LoraLow: null })
        {
            throw new WanLabException($"{file}: was made at step {step} of a training run, and the adapters of that step were not saved, " +
                "or are no longer next to it in the run's checkpoints; give others with --lora.");
        }
        string[] changed = [.. expected.Differences(now)];
        if (changed.Length > 0)
        {
            throw new WanLabException($"{file}: cannot be made again, because these have changed: {string.Join(", ", changed)}. "
                + "Name them with --model, --lora or --image to use them as they are now.");
        }
        if (like.Libtorch != now.Libtorch || like.Device != now.Device)
        {
            context.Error.WriteNote($"first made on {like.Device} by libtorch {like.Libtorch}, now on {now.Device} by {now.Libtorch}: "
                + "pixels may differ a little");
        }
    }
}
