using WanLab.Adapters;
using WanLab.Training;

namespace WanLab.Jobs.Import;

/// <summary>Imports the plain sections: job, target, save; and notes keys without a counterpart.</summary>
internal sealed class ImportedParts(SourceSection process, SourceSection train)
{
    public SourceSection Train { get; } = train;

    public TrainingJob Job(string name)
    {
        process.Ignore("type", "sqlite_db_path", "performance_log_every", "torch_profiler");
        var device = process.Text("device") ?? "auto";
        if (device is not ("cpu" or "auto") && !device.StartsWith("cuda", StringComparison.Ordinal))
        {
            process.Note("device", ImportOutcome.Dropped,
                $"'{device}' is not a device that WanLab knows; the first CUDA device is used, or the CPU.");
            device = "auto";
        }
        return new TrainingJob
        {
            Name = name,
            TriggerWord = process.Text("trigger_word"),
            Device = device == "cuda" ? "auto" : device,
            Seed = process.Seed("training_seed", 42)!.Value,
            Output = process.Text("training_folder") ?? "output",
        };
    }

    public TargetOptions Target(SourceSection network)
    {
        if (network.Text("type") is { } type && type != "lora")
            network.Note("type", ImportOutcome.Dropped, $"WanLab trains LoRA, not '{type}': a LoRA of the same rank is trained.");
        var rank = network.Count("linear", network.Count("rank", 4));
        network.Ignore("rank", "lokr_full_rank", "lokr_factor", "old_lokr_format", "split_multistage_loras", "transformer_only",
            "all_layers", "conv", "conv_alpha");
        var alpha = network.Number("linear_alpha", network.Number("alpha", rank));
        network.Ignore("alpha");
        if (alpha != rank)
            network.Note("linear_alpha", ImportOutcome.Changed,
                $"alpha is {rank}, not {alpha}: for this model ai-toolkit always uses the rank, whatever the file says.");
        network.Drop("WanLab starts from a new adapter.", ("pretrained_lora_path", ""));
        network.Drop("WanLab keeps adapters on the same device as their expert.", ("layer_offloading", "false"));
        var names = network.Section("network_kwargs");
        names.Drop("the names of layers differ; choose layers with target.modules.", ("ignore_if_contains", ""), ("only_if_contains", ""));
        names.Drop("WanLab has only dropout on the adapter's input (target.dropout).", ("rank_dropout", "0"), ("module_dropout", "0"));
        return new TargetOptions { Rank = rank, Dropout = network.Number("dropout", 0) };
    }

    public SaveOptions Save(SourceSection save)
    {
        save.Ignore("save_format", "hf_repo_id", "hf_private");
        save.Drop("WanLab uploads nothing.", ("push_to_hub", "false"));
        return new SaveOptions
        {
            Every = save.Count("save_every", 1000),
            Keep = save.Count("max_step_saves_to_keep", 5),
            DType = DType(save),
        };
    }

    /// <summary>Notes the remaining keys at process level, outside the imported sections.</summary>
    public void Rest()
    {
        var logging = process.Section("logging");
        logging.Ignore("log_every", "project_name", "run_name", "use_ui_logger", "verbose");
        logging.Drop("WanLab writes metrics.jsonl always, and TensorBoard's files with logging.tensorboard: true.", ("use_wandb", "false"));
        process.Drop("previews at step 0 are those of sample, with skip_first: false.", ("first_sample", ""));
    }

    private static SaveDType DType(SourceSection save)
    {
        switch (save.Text("dtype") ?? "float16")
        {
            case "bf16" or "bfloat16": return SaveDType.Bf16;
            case "fp16" or "float16": return SaveDType.Fp16;
            case "fp32" or "float32" or "float": return SaveDType.Fp32;
            case var other:
                save.Note("dtype", ImportOutcome.Dropped, $"WanLab saves bf16, fp16 or fp32, not '{other}'; bf16 is written.");
                return SaveDType.Bf16;
        }
    }
}
