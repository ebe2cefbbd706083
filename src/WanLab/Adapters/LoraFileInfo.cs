using WanLab.Torch;

namespace WanLab.Adapters;

/// <summary>What a LoRA file was found to be.</summary>
/// <param name="Naming">Whose key names it uses: <c>ComfyUI</c>, <c>diffusers</c>, <c>kohya</c>, <c>Wan-Fun</c>, <c>LyCORIS</c>,
/// <c>DiffSynth</c>, or several joined by commas.</param>
/// <param name="Ranks">Every rank among its modules, ascending; mostly one.</param>
/// <param name="DTypes">Every element type among its matrices; mostly one.</param>
/// <param name="Metadata">The file's own metadata.</param>
/// <param name="IgnoredKeys">Keys left unread: those of the other expert in a file that holds both. Nothing else is ever ignored.</param>
[TypeFormatterSource]
public sealed record LoraFileInfo(
    string Naming,
    IReadOnlyList<int> Ranks,
    IReadOnlyList<DType> DTypes,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<string> IgnoredKeys);
