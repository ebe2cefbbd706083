using WanLab.Memory;
using WanLab.Training;

namespace WanLab.Jobs.Import;

/// <summary>Imports the model section, which also holds quantisation and the experts to train.</summary>
internal static class ImportedModel
{
    /// <summary>The noise level where ai-toolkit splits the range, for this model too.</summary>
    private const double Boundary = 0.875;

    public static ModelOptions Model(SourceSection model, ImportedParts parts, string? folder, out QuantizationOptions quantization,
        out MultistageOptions multistage)
    {
        model.CheckArchitecture();
        quantization = Quantization(model);
        multistage = Multistage(model, parts.Train);
        model.Ignore("dtype", "compile", "block_compile", "compile_mode", "compile_fullgraph", "compile_dynamic", "is_flux",
            "use_flux_cfg");
        model.Drop("WanLab has no such part; ai-toolkit refuses it for this model too.",
            ("assistant_lora_path", ""), ("inference_lora_path", ""), ("lora_path", ""), ("split_model_over_gpus", "false"));
        model.Drop("all parts are taken from model.path; single files can be named there as a mapping.",
            ("extras_name_or_path", model.Text("name_or_path") ?? ""));
        var offload = model.Switch("layer_offloading", model.Switch("auto_memory", false));
        var transformer = model.Number("layer_offloading_transformer_percent", 1);
        var encoder = model.Number("layer_offloading_text_encoder_percent", 1);
        return new ModelOptions
        {
            Architecture = ModelArchitecture.Wan22I2V14B,
            Path = folder ?? LocalFolder(model),
            LowVram = model.Switch("low_vram", false),
            LayerOffloading = offload ? transformer : 0,
            TextEncoderOffloading = offload ? encoder : 0,
        };
    }

    private static string LocalFolder(SourceSection model)
    {
        var name = model.Text("name_or_path") ?? "Wan2.2-I2V-A14B";
        if (Directory.Exists(name)) return name;
        var folder = name.TrimEnd('/', '\\').Split('/', '\\')[^1];
        model.Note("name_or_path", ImportOutcome.Changed, $"'{name}' is not a folder here, and WanLab downloads nothing: " +
            $"download the model and write its folder to model.path (now '{folder}'), or import with --model. It needs all parts in that " +
            "folder; ai-toolkit takes a missing VAE or text encoder from elsewhere. 'wanlab check' names what is missing.");
        return folder;
    }

    private static MultistageOptions Multistage(SourceSection model, SourceSection train)
    {
        var experts = model.Section("model_kwargs");
        var accumulation = Math.Max(1, train.Count("gradient_accumulation", 1));
        var switchEvery = train.Count("switch_boundary_every", 1);
        var both = experts.Switch("train_high_noise", true) && experts.Switch("train_low_noise", true);
        if (both && accumulation > 1 && switchEvery % accumulation != 0)
            train.Note("switch_boundary_every", ImportOutcome.Changed, "counts items there and optimiser steps here: " +
                $"{switchEvery} items are {Math.Max(1, switchEvery / accumulation)} steps of {accumulation}. " +
                "A step that mixes both experts does not exist here.");
        var options = new MultistageOptions
        {
            HighNoise = experts.Switch("train_high_noise", true),
            LowNoise = experts.Switch("train_low_noise", true),
            SwitchEvery = both ? Math.Max(1, switchEvery / accumulation) : new MultistageOptions().SwitchEvery,
            Boundary = Boundary,
        };
        if (!options.HighNoise && !options.LowNoise)
            throw model.Error("model_kwargs",
                "train_high_noise and train_low_noise are both false, so nothing would be trained; set one of them to true");
        model.Note("arch", ImportOutcome.Advice,
            "multistage.boundary is 0.875, where ai-toolkit splits; the model's own is 0.9, WanLab's default.");
        if (both)
            train.Note("switch_boundary_every", ImportOutcome.Advice,
                "both experts get half of the steps, as there; multistage.high_share can move steps from one to the other.");
        return options;
    }

    private static QuantizationOptions Quantization(SourceSection model)
    {
        var quantize = model.Switch("quantize", false);
        var quantizeEncoder = model.Switch("quantize_te", quantize);
        var type = model.Text("qtype") ?? "qfloat8";
        var encoderType = model.Text("qtype_te") ?? "qfloat8";
        var options = new QuantizationOptions();
        if (quantize) options = Transformer(model, type, options);
        if (quantizeEncoder)
        {
            options = options with
            {
                TextEncoder = encoderType.Contains('4') ? TextEncoderQuantization.UInt4 : TextEncoderQuantization.Float8,
            };
            if (quantize && Bits(type) != Bits(encoderType))
                model.Note("qtype_te", ImportOutcome.Changed, $"is honoured here ({encoderType}); " +
                    $"ai-toolkit quantises the text encoder with qtype ({type}) instead, so captions come out slightly different.");
        }
        return options;
    }

    private static QuantizationOptions Transformer(SourceSection model, string type, QuantizationOptions options)
    {
        var (plain, adapter) = type.Split('|', 2) is [var a, var b] ? (a, b) : (type, null);
        switch (plain)
        {
            case "qfloat8" or "float8": return options with { Transformer = TransformerQuantization.Float8 };
            case "uint4" when adapter is null: return options with { Transformer = TransformerQuantization.UInt4 };
            case "uint4":
                var here = File.Exists(adapter);
                if (!here) model.Note("qtype", ImportOutcome.Changed, $"the recovery adapter '{adapter}' is not a file here, " +
                    "so WanLab computes one (quantization.ara: computed). To use theirs, download it and write its path.");
                return options with
                {
                    Transformer = TransformerQuantization.UInt4Ara,
                    Ara = here ? adapter! : QuantizationOptions.ComputedAra,
                };
            default:
                var wide = Bits(plain) > 4;
                model.Note("qtype", ImportOutcome.Changed, $"WanLab has no '{plain}'; {(wide ? "float8" : "uint4+ara")} is nearest.");
                return options with { Transformer = wide ? TransformerQuantization.Float8 : TransformerQuantization.UInt4Ara };
        }
    }

    private static int Bits(string type) =>
        int.TryParse(type.Split('|')[0].AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyz_"), NumberStyles.Integer,
            CultureInfo.InvariantCulture, out var bits) ? bits : 8;
}
