using System.Globalization;
using WanLab.Adapters;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary>The adapter files that belong to a preview of a training run.</summary>
internal static class PreviewAdapters
{
    /// <summary>
    /// The adapters of a preview's step, among the files of its run, for a record that names none: it is written before what is saved at
    /// the end of a run. Null where the record lies in no run, or the adapters of that step are not all there any more: with one of two,
    /// the clip would be another.
    /// </summary>
    /// <param name="preview">The preview or its record, RUN/samples/STEP/NUMBER.json.</param>
    /// <param name="step">Number of steps made before it.</param>
    public static LoraPair? Find(string preview, long step)
    {
        var previews = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(preview)));
        if (Path.GetFileName(previews) != "samples" || Path.GetDirectoryName(previews) is not { } run
            || JobReader.Recorded(Path.Combine(run, "job.yaml")) is not { } job)
            return null;
        var files = RunCheckpoint.In(RunFolder.Existing(run)).Where(file => (file.Step ?? StepOf(file.File)) == step).ToList();
        string? Of(Expert expert) => files.FirstOrDefault(file => file.Expert == expert)?.File;
        return ExpertSchedule.Of(job.Multistage).Trained.All(expert => Of(expert) is not null)
            ? new LoraPair(Of(Expert.High), Of(Expert.Low))
            : null;
    }

    /// <summary>Types that the files of a pair are rounded to; a run makes its previews with adapters in fp32.</summary>
    public static string? Rounding(LoraPair loras)
    {
        DType[] types = [.. Experts.All.Select(expert => loras[expert]).OfType<string>().Distinct()
            .SelectMany(file => SafetensorsFile.Open(file).Entries.Values).Select(entry => entry.DType)
            .Where(type => type != DType.Float32).Distinct()];
        return types.Length == 0 ? null : string.Join(" and ", types.Select(type => type switch
        {
            DType.BFloat16 => "bf16",
            DType.Float16 => "fp16",
            _ => type.ToString(),
        }));
    }

    // The finished adapters say in their metadata at which step they were written.
    private static int? StepOf(string file) => int.TryParse(SafetensorsFile.Open(file).Metadata.GetValueOrDefault("step"),
        NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
}
