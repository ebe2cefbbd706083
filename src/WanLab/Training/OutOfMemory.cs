namespace WanLab.Training;

/// <summary>Turns a failed allocation into a message that says what the user can do.</summary>
internal static class OutOfMemory
{
    /// <summary>The error for a run that ran out of memory.</summary>
    public static WanLabException Explain(TorchOutOfMemoryException error, TrainingJob job) => new(
        "Out of memory. Try these changes, in this order:\n" +
            $"{string.Join('\n', MemoryAdvice.For(job).Select(way => $"  {way.Text}"))}\nlibtorch says: {error.Message.Split('\n')[0]}",
        error);
}
