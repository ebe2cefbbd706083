using System.Text.Json.Serialization;
using WanLab.Adapters;
using WanLab.Content;
using WanLab.Memory;
using WanLab.Models.Tiny;

namespace WanLab.Sampling;

/// <summary>A file that was used to make a clip.</summary>
/// <param name="Path">The file's path; null for a file of the embedded model.</param>
/// <param name="Identity">Hash of the file's content.</param>
internal sealed record UsedFile(string? Path, string Identity);

/// <summary>Everything needed to make a clip again; it is stored next to the clip as .json.</summary>
[TypeFormatterSource]
internal sealed record SampleRecord
{
    /// <summary>Version of WanLab.</summary>
    public required string Wanlab { get; init; }

    /// <summary>Version of libtorch.</summary>
    public required string Libtorch { get; init; }

    /// <summary>Device that the clip was computed on.</summary>
    public required string Device { get; init; }

    /// <summary>The model's name, such as <c>wan-tiny</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Type of the residual stream.</summary>
    public required DType Residual { get; init; }

    /// <summary>Quantisation of the model's weights; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuantizationOptions? Quantization { get; init; }

    /// <summary>Files of the model's parts.</summary>
    public required IReadOnlyDictionary<ModelPart, UsedFile> Parts { get; init; }

    /// <summary>The high-noise expert's LoRA; null if there was none.</summary>
    public UsedFile? LoraHigh { get; init; }

    /// <summary>The low-noise expert's LoRA; null if there was none.</summary>
    public UsedFile? LoraLow { get; init; }

    /// <summary>Training step of the adapters, for previews made while training; 0 is the base model.</summary>
    public long? Step { get; init; }

    /// <summary>Hash of the start image's file.</summary>
    public required string ImageIdentity { get; init; }

    /// <summary>The request that was sampled.</summary>
    public required SampleRequest Request { get; init; }

    /// <summary>Creates the record of a clip that is about to be made.</summary>
    /// <param name="model">The model that samples it.</param>
    /// <param name="request">The request to sample.</param>
    /// <param name="loras">The adapters' files; null for the base model, or where they are not saved.</param>
    /// <param name="step">Training step of the adapters, if any.</param>
    /// <exception cref="WanLabException">A file cannot be read.</exception>
    public static SampleRecord Of(BaseModel model, SampleRequest request, LoraPair? loras = null, long? step = null)
    {
        var hashes = new FileHashes();
        UsedFile? Lora(string? path) => path is null ? null : new UsedFile(Path.GetFullPath(path), hashes.Of(path));
        return new SampleRecord
        {
            Wanlab = ProductVersion.Full,
            Libtorch = Runtime.TorchVersion,
            Device = model.Device.ToString(),
            Model = model.Name,
            Residual = model.Residual,
            Quantization = WeightQuantization.OptionsOf(model.Packing),
            Parts = Enum.GetValues<ModelPart>().ToDictionary(
                part => part, part => new UsedFile(model.IsEmbedded ? null : Path.GetFullPath(model.Layout[part]), model.Identity(part))),
            LoraHigh = Lora(loras?.High),
            LoraLow = Lora(loras?.Low),
            Step = step,
            ImageIdentity = hashes.Of(request.Image),
            Request = request with { Image = Path.GetFullPath(request.Image) },
        };
    }

    /// <summary>The adapters' files; null for the base model.</summary>
    public LoraPair? Loras() => LoraHigh is null && LoraLow is null ? null : new LoraPair(LoraHigh?.Path, LoraLow?.Path);

    /// <summary>Opens the model that the clip was made with.</summary>
    /// <exception cref="WanLabException">The model is no longer there.</exception>
    public BaseModel OpenModel(Device device)
    {
        string? Of(ModelPart part) => Parts.GetValueOrDefault(part)?.Path;
        var files = new ModelPath
        {
            High = Of(ModelPart.High),
            Low = Of(ModelPart.Low),
            Vae = Of(ModelPart.Vae),
            TextEncoder = Of(ModelPart.TextEncoder),
            Tokenizer = Of(ModelPart.Tokenizer),
        };
        return BaseModel.FromJob(new ModelOptions
        {
            Architecture = Model == TinyModel.Name ? ModelArchitecture.WanTiny : ModelArchitecture.Wan22I2V14B,
            Path = files == new ModelPath() ? null : files,
            Residual = Residual == DType.BFloat16 ? ResidualPrecision.Bf16 : ResidualPrecision.Fp32,
        }, device).WithPacking(Quantization is null ? null : WeightQuantization.Of(Quantization));
    }

    /// <summary>
    /// Reasons why sampling with the record <paramref name="now"/> would not give this record's clip: each file that has changed.
    /// </summary>
    public IEnumerable<string> Differences(SampleRecord now)
    {
        foreach (var (part, file) in Parts)
            if (now.Parts.GetValueOrDefault(part)?.Identity != file.Identity) yield return $"the model's part '{part}'{At(file.Path)}";
        if (now.LoraHigh?.Identity != LoraHigh?.Identity) yield return $"the high-noise LoRA{At(LoraHigh?.Path)}";
        if (now.LoraLow?.Identity != LoraLow?.Identity) yield return $"the low-noise LoRA{At(LoraLow?.Path)}";
        if (now.ImageIdentity != ImageIdentity) yield return $"the image{At(Request.Image)}";

        static string At(string? path) => path is null ? "" : $" ({path})";
    }
}
