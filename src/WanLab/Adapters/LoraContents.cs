namespace WanLab.Adapters;

/// <summary>A LoRA read from a file. Owns its tensors: dispose it, or read it inside a <see cref="TensorScope"/>.</summary>
/// <param name="Modules">The adapted layers in the model's order, float32 on the host, with the file's own scale (not folded).</param>
/// <param name="Info">Facts about the file.</param>
public sealed record LoraContents(IReadOnlyList<LoraModule> Modules, LoraFileInfo Info) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in Modules)
        {
            module.Down.Dispose();
            module.Up.Dispose();
        }
    }
}
