using WanLab.Torch;

namespace WanLab.Training;

/// <summary>Turns a failed allocation into what a user can do about it.</summary>
internal static class OutOfMemory
{
    /// <summary>The error that ends a run that ran out of memory.</summary>
    public static WanLabException Explain(TorchOutOfMemoryException error, TrainingJob job) => new(
        "Out of memory. Try one of these, the first ones first:\n" +
            $"{string.Join('\n', MemoryAdvice.For(job).Select(way => $"  {way.Text}"))}\nlibtorch says: {error.Message.Split('\n')[0]}",
        error);
}
