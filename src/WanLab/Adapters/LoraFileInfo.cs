namespace WanLab.Adapters;

/// <summary>Facts about a LoRA file that was read.</summary>
/// <param name="Naming">Tool whose key names the file uses: <c>ComfyUI</c>, <c>diffusers</c>, <c>kohya</c>, <c>Wan-Fun</c>,
/// <c>LyCORIS</c>, <c>DiffSynth</c>, <c>PEFT</c>, or several joined by commas.</param>
/// <param name="Ranks">All ranks of its modules, ascending; usually one.</param>
/// <param name="DTypes">All element types of its matrices; usually one.</param>
/// <param name="Metadata">The file's own metadata.</param>
/// <param name="IgnoredKeys">Keys that are not read: those of the other expert in a file that holds both, and those of layers for the
/// image that only Wan 2.1 I2V has. No other key is ignored.</param>
[TypeFormatterSource]
public sealed record LoraFileInfo(
    string Naming,
    IReadOnlyList<int> Ranks,
    IReadOnlyList<DType> DTypes,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<string> IgnoredKeys);
