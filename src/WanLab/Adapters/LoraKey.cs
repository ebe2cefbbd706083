namespace WanLab.Adapters;

/// <summary>The role of a tensor in the LoRA of a layer.</summary>
internal enum LoraPart
{
    /// <summary>The matrix A, [rank, in].</summary>
    Down,

    /// <summary>The matrix B, [out, rank].</summary>
    Up,

    /// <summary>The scale before division by the rank, one number.</summary>
    Alpha,
}

/// <summary>A key of a LoRA file, split into its parts. Covers the names that the common trainers and tools write.</summary>
/// <param name="Text">The whole key.</param>
/// <param name="Naming">The tool whose prefix the key has.</param>
/// <param name="Expert">The expert that the key names, in files that hold both.</param>
/// <param name="Module">The layer's name as written, without prefix and part.</param>
/// <param name="Layer">The layer, or null where it is not one of a block's ten linear layers.</param>
/// <param name="Part">The role in the layer; null where the key is not part of a plain LoRA.</param>
/// <param name="Unsupported">The kind of adapter weight, if it is not a plain LoRA's; null for a plain LoRA and for other tensors.</param>
internal sealed partial record LoraKey(string Text, string Naming, Expert? Expert, string Module, LoraLayer? Layer, LoraPart? Part,
    string? Unsupported)
{
    /// <summary>The naming of diffusers, whose files store alpha in their metadata.</summary>
    public const string Diffusers = "diffusers";

    /// <summary>The naming of PEFT itself, which stores alpha in a file of its own.</summary>
    public const string Peft = "PEFT";

    private const string PeftPrefix = "base_model.model.", DiffusersHigh = "transformer.", DiffusersLow = "transformer_2.";

    // Of two prefixes that start alike, the longer one comes first.
    private static readonly (string Prefix, string Naming, bool Flattened)[] Namings =
    [
        ("diffusion_model.", "ComfyUI", false),
        ("transformer.", Diffusers, false),
        ("pipe.dit.", "DiffSynth", false),
        ("lora_unet__", "Wan-Fun", true),
        ("lora_unet_", "kohya", true),
        ("lycoris_", "LyCORIS", true),
        ("", "DiffSynth", false),
    ];

    // ai-toolkit's names for the experts where one file holds both.
    private static readonly (string Prefix, Expert Expert)[] ExpertPrefixes =
        [("transformer_1.", Models.Expert.High), ("transformer_2.", Models.Expert.Low)];

    private static readonly (string Mark, string Kind)[] UnsupportedMarks =
    [
        (".hada_", "LoHa weights (hada_)"),
        (".lokr_", "LoKr weights (lokr_)"),
        (".dora_scale", "DoRA magnitudes (dora_scale)"),
        (".lora_magnitude_vector", "DoRA magnitudes (lora_magnitude_vector)"),
        (".lora_mid", "Tucker cores (lora_mid)"),
        (".lora_B.bias", "LoRA biases (lora_B.bias)"),
        (".oft_", "OFT weights (oft_)"),
        (".boft_", "BOFT weights (boft_)"),
    ];

    private static readonly string[] ImageLayers = ["k_img", "v_img", "add_k_proj", "add_v_proj", "norm_k_img", "img_emb"];

    // Matched only at a key's end: ".diff" is also in "model.diffusion_model".
    private static readonly (string Ending, string Kind)[] UnsupportedEndings =
    [
        (".diff", "weight differences (diff)"),
        (".diff_b", "bias differences (diff_b)"),
        (".diff_m", "modulation differences (diff_m)"),
    ];

    /// <summary>
    /// Whether the key is of a layer that only Wan 2.1 I2V has, for the image: such layers are left out, and the rest of the file is used.
    /// </summary>
    public bool IsOfImageLayer => Layer is null && ImageLayers.Any(mark => Module.Contains(mark, StringComparison.Ordinal));

    /// <summary>Whether such a key occurs only in adapters.</summary>
    public bool IsAdapter => Part is LoraPart.Down or LoraPart.Up || Unsupported is not null;

    /// <summary>
    /// Splits all keys of a file. In a file with <c>transformer_2.</c> and <c>transformer.</c> the latter is the high-noise expert, as
    /// in diffusers.
    /// </summary>
    public static IReadOnlyList<LoraKey> ParseAll(IEnumerable<string> keys)
    {
        LoraKey[] parsed = [.. keys.Order(StringComparer.Ordinal).Select(Parse)];
        if (!parsed.Any(key => key.Text.StartsWith(DiffusersLow, StringComparison.Ordinal))
            || parsed.Any(key => key.Expert == Models.Expert.High))
            return parsed;
        return [.. parsed.Select(key => key.Text.StartsWith(DiffusersHigh, StringComparison.Ordinal)
            ? key with { Expert = Models.Expert.High }
            : key.Text.StartsWith(DiffusersLow, StringComparison.Ordinal) ? key with { Naming = Diffusers } : key)];
    }

    /// <summary>Splits a key into its parts; never fails.</summary>
    public static LoraKey Parse(string key)
    {
        var inPeft = key.StartsWith(PeftPrefix, StringComparison.Ordinal);
        var inner = inPeft ? key[PeftPrefix.Length..] : key;
        var (prefix, naming, flattened) = Namings.First(n => inner.StartsWith(n.Prefix, StringComparison.Ordinal));
        if (inPeft) naming = Peft;
        var rest = inner[prefix.Length..];
        Expert? expert = null;
        foreach (var (mark, named) in ExpertPrefixes)
        {
            if (flattened || !rest.StartsWith(mark, StringComparison.Ordinal)) continue;
            expert = named;
            rest = rest[mark.Length..];
        }
        var match = Suffix().Match(rest);
        if (!match.Success)
        {
            var unsupported = UnsupportedMarks.FirstOrDefault(u => rest.Contains(u.Mark, StringComparison.Ordinal)).Kind
                ?? UnsupportedEndings.FirstOrDefault(u => rest.EndsWith(u.Ending, StringComparison.Ordinal)).Kind;
            return new LoraKey(key, naming, expert, rest, null, null, unsupported);
        }
        var module = rest[..match.Index];
        var part = match.Groups["down"].Success ? LoraPart.Down : match.Groups["up"].Success ? LoraPart.Up : LoraPart.Alpha;
        return new LoraKey(key, naming, expert, module, LoraLayer.Find(module, flattened), part, null);
    }

    // PEFT may put the adapter's name before "weight": lora_A.default.weight.
    [GeneratedRegex(@"\.(?:(?:(?<down>lora_A|lora_down)|(?<up>lora_B|lora_up))(?:\.[A-Za-z0-9_-]+)?\.weight|alpha)\z")]
    private static partial Regex Suffix();
}
