namespace WanLab.Jobs.Import;

/// <summary>Recognises settings of other trainers that are not written in YAML, so that they are called by their names.</summary>
internal static partial class ForeignForms
{
    /// <summary>A sentence on a TOML file and on what to carry over; null for any other text.</summary>
    public static string? Describe(string text, string path)
    {
        if (!path.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) && !Table().IsMatch(text)) return null;
        if (!Setting().IsMatch(text)) return null;
        if (text.Contains("[[datasets]]", StringComparison.Ordinal) || text.Contains("video_directory", StringComparison.Ordinal))
            return "is a TOML file, a dataset of musubi-tuner, which is not supported. Write the job with 'wanlab recipe', and carry " +
                "over: video_directory to datasets.path, resolution to datasets.resolutions, " +
                "target_frames to datasets.num_frames, num_repeats to datasets.repeats, batch_size to training.batch_size.";
        if (text.Contains("[[directory]]", StringComparison.Ordinal) || text.Contains("[adapter]", StringComparison.Ordinal)
            || text.Contains("micro_batch_size_per_gpu", StringComparison.Ordinal))
            return "is a TOML file, a job or dataset of diffusion-pipe, which is not supported. Write the job with 'wanlab recipe', and " +
                "carry over: directory.path to datasets.path, num_repeats to datasets.repeats, adapter.rank to target.rank, " +
                "optimizer.lr to training.learning_rate; epochs times clips gives training.steps.";
        return "is a TOML file, which is not supported. Jobs are YAML: 'wanlab recipe' writes one.";
    }

    // A table's head alone in its line; in YAML such a line would be a list that nothing follows.
    [GeneratedRegex(@"^[ \t]*\[{1,2}[A-Za-z_][A-Za-z0-9_.]*\]{1,2}[ \t\r]*$", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^[ \t]*[A-Za-z_][A-Za-z0-9_.]*[ \t]*=[ \t]*\S", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
