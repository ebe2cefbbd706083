using System.Security.Cryptography;
using WanLab.Models.Transformer;
using WanLab.Torch.Safetensors;

namespace WanLab.Adapters;

/// <summary>
/// Reads and writes LoRA files. It writes the key names that ComfyUI, diffusers, DiffSynth and ai-toolkit all read, those of diffusers
/// itself, or those of musubi-tuner, whose generator knows no others; it reads the key names of the common trainers and tools.
/// </summary>
public static class LoraFile
{
    /// <summary>
    /// Writes <c>diffusion_model.blocks.N.self_attn.q.lora_A.weight</c>, <c>.lora_B.weight</c>, and so on. The scale is
    /// multiplied into lora_B in float32 before rounding, so there is no alpha. The file is written all or nothing.
    /// </summary>
    /// <param name="path">The file to write; a missing folder is created.</param>
    /// <param name="adapter">The adapter to write.</param>
    /// <param name="dtype">bf16, fp16 or fp32.</param>
    /// <param name="metadata">The file's metadata; <c>lora_adapter_metadata</c> is left out, as its alpha would count twice.</param>
    /// <exception cref="WanLabException">The type is another one, a value is infinite or NaN (or becomes so in fp16), or the file
    /// cannot be written.</exception>
    public static void Write(string path, LoraAdapter adapter, DType dtype, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(path, adapter.Modules, dtype, metadata, module => "diffusion_model." + module);

    /// <summary>
    /// Writes <c>transformer.blocks.N.attn1.to_q.lora_A.weight</c> and so on, otherwise as <see cref="Write"/>. Where ranks
    /// differ, the smaller matrices are padded with zeros: without alphas, diffusers uses one alpha for all ranks.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    internal static void WriteDiffusers(string path, LoraAdapter adapter, DType dtype, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var rank = adapter.Modules.Max(module => module.Down.Size(0));
        var modules = adapter.Modules.Select(
            module => module with { Down = Filled(module.Down, 0, rank), Up = Filled(module.Up, 1, rank) });
        Save(path, [.. modules], dtype, metadata, module => "transformer." + TransformerNames.Map.ToDiffusers(module));
    }

    /// <summary>
    /// Writes <c>lora_unet_blocks_N_self_attn_q.lora_down.weight</c>, <c>.lora_up.weight</c> and <c>.alpha</c>, as musubi-tuner and
    /// kohya's tools do, otherwise as <see cref="Write"/>. The alpha is the rank, since the scale is part of lora_up.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteMusubi(string path, LoraAdapter adapter, DType dtype, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(path, adapter.Modules, dtype, metadata, module => "lora_unet_" + module.Replace('.', '_'), ("lora_down", "lora_up"));

    /// <summary>Reads a LoRA in any known naming (see <see cref="LoraFileInfo.Naming"/>) and checks it against the model.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="config">Sizes of the model that the LoRA is for.</param>
    /// <param name="expert">The expert to read from a file that holds both (<c>transformer_1.</c> or <c>transformer.</c> for high noise,
    /// <c>transformer_2.</c> for low noise); other files do not name their expert.</param>
    /// <exception cref="WanLabException">The file is not a LoRA, or holds anything that cannot be used; all of that is listed, with the
    /// likely kind of the file.</exception>
    public static LoraContents Read(string path, WanTransformerConfig config, Expert? expert = null)
    {
        var file = SafetensorsFile.Open(path);
        var keys = LoraKey.ParseAll(file.Entries.Keys);
        if (!keys.Any(key => key.IsAdapter)) throw new WanLabException($"{path}: is not a LoRA. {LoraDiagnosis.Describe(file)}");

        var named = keys.Where(key => key.Expert is not null).ToList();
        if (named.Count > 0 && expert is null)
            throw new WanLabException(
                $"{path}: holds the LoRAs of both experts (transformer_1 is high noise, transformer_2 low noise). Say which one to read.");
        if (named.Count > 0 && named.All(key => key.Expert != expert))
            throw new WanLabException($"{path}: holds no LoRA for the {expert!.Value.Name()} expert, only for the other expert.");

        LoraKey[] used = [.. keys.Where(key => (key.Expert is null || key.Expert == expert) && !key.IsOfImageLayer)];
        if (!used.Any(key => key.IsAdapter))
            throw new WanLabException($"{path}: has only layers for the image of Wan 2.1 I2V, which Wan 2.2 I2V A14B lacks.");
        var modules = new LoraReader(file, config).Read(used);
        var matrices = used.Where(key => key.Part is LoraPart.Down or LoraPart.Up).ToList();
        return new LoraContents(modules, new LoraFileInfo(
            string.Join(", ", matrices.Select(key => key.Naming).Distinct()),
            [.. modules.Select(module => (int)module.Down.Size(0)).Distinct().Order()],
            [.. matrices.Select(key => file.Entries[key.Text].DType).Distinct().Order()],
            file.Metadata,
            [.. keys.Except(used).Select(key => key.Text)]));
    }

    /// <summary>Whether all values are finite.</summary>
    internal static bool IsFinite(Tensor tensor)
    {
        using var scope = new TensorScope();
        return double.IsFinite((tensor.To(DType.Float32) * 0).Sum().Item());
    }

    private static void Save(string path, IReadOnlyList<LoraModule> modules, DType dtype, IReadOnlyDictionary<string, string>? metadata,
        Func<string, string> rename, (string Down, string Up)? parts = null)
    {
        if (dtype is not (DType.BFloat16 or DType.Float16 or DType.Float32))
            throw new WanLabException($"{path}: LoRA files are written as bf16, fp16 or fp32, not as {dtype}.");
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (var module in modules)
        {
            tensors.Add(new($"{rename(module.Name)}.{parts?.Down ?? "lora_A"}.weight", module.Down.To(dtype)));
            tensors.Add(new($"{rename(module.Name)}.{parts?.Up ?? "lora_B"}.weight", (module.Up * module.Scale).To(dtype)));
            if (parts is not null) tensors.Add(new($"{rename(module.Name)}.alpha", Tensor.Full([], module.Down.Size(0), dtype)));
        }
        if (tensors.FirstOrDefault(pair => !IsFinite(pair.Value)) is { Key: { } bad })
            throw new WanLabException($"{path}: not written, because {bad} would hold infinite or NaN values. " +
                $"The training has diverged{(dtype == DType.Float16 ? ", or the values are too large for fp16: save as bf16" : "")}.");
        if (metadata is null)
        {
            SafetensorsWriter.Write(path, tensors);
            return;
        }
        var hash = Hash(tensors);
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string>(metadata.Where(pair => pair.Key != PeftAlpha.MetadataKey))
        {
            ["modelspec.hash_sha256"] = $"0x{hash}",
            ["sshs_model_hash"] = hash,
        });
    }

    // Of the tensors' bytes alone, so that a changed title or note keeps it: as modelspec and kohya's trainers define it.
    private static string Hash(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
            foreach (var (_, tensor) in tensors) tensor.WriteTo(stream);
        return Convert.ToHexStringLower(sha.Hash!);
    }

    private static Tensor Filled(Tensor matrix, int axis, long rank)
    {
        long[] shape = [.. matrix.Shape];
        shape[axis] = rank - shape[axis];
        return shape[axis] == 0 ? matrix : Tensor.Cat([matrix, Tensor.Zeros(shape, device: matrix.Device)], axis);
    }
}
