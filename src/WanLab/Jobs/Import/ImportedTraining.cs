using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Jobs.Import;

/// <summary>Imports the train section.</summary>
internal static class ImportedTraining
{
    /// <summary>Default weight decay of AdamW in torch and bitsandbytes.</summary>
    private const double UsualDecay = 1e-2;

    public static TrainingOptions Training(SourceSection train, string? trigger)
    {
        Unneeded(train);
        var optimizer = Optimizer(train);
        var rate = train.Number("lr", 1e-6);
        if (optimizer == OptimizerType.Prodigy && rate < 0.1)
        {
            train.Note("lr", ImportOutcome.Changed, $"{rate} became 1, as ai-toolkit does with prodigy.");
            rate = 1;
        }
        var options = new TrainingOptions
        {
            Steps = train.Count("steps", 1000),
            BatchSize = train.Count("batch_size", 1),
            GradientAccumulation = Accumulation(train),
            Optimizer = optimizer,
            LearningRate = rate,
            WeightDecay = Decay(train, optimizer),
            MaxGradNorm = train.Number("max_grad_norm", 1),
            Loss = Loss(train),
            TimestepType = ImportedTimesteps.Type(train),
            TimestepBias = ImportedTimesteps.Bias(train),
            Ema = Ema(train.Section("ema_config")),
            TextEncoder = TextEncoder(train),
            Dop = Dop(train, trigger),
        };
        return Scheduler(train, options);
    }

    private static void Unneeded(SourceSection train)
    {
        train.Ignore("gradient_checkpointing", "noise_scheduler", "dtype", "attention_backend", "train_unet", "bypass_guidance_embedding",
            "do_paramiter_swapping",
            "min_denoising_steps", "max_denoising_steps", "num_train_timesteps", "next_sample_timesteps", "content_or_style_reg",
            "force_first_sample", "skip_first_sample",
            "disable_sampling", "switch_boundary_every", "differential_guidance_scale", "guidance_loss_target", "guidance_loss_schedule",
            "do_guidance_loss_cfg_zero",
            "blank_prompt_preservation_multiplier", "inverted_mask_prior_multiplier", "max_loss_debug", "lr_scheduler_params",
            "optimizer_params");
        train.Drop("WanLab has no such term.", ("blank_prompt_preservation", "false"), ("do_guidance_loss", "false"),
            ("inverted_mask_prior", "false"), ("do_cfg", "false"), ("do_random_cfg", "false"), ("train_turbo", "false"));
        train.Drop("noise is plain Gaussian here.", ("noise_offset", "0"), ("noise_multiplier", "1"), ("random_noise_multiplier", "0"),
            ("random_noise_shift", "0"), ("optimal_noise_pairing_samples", "1"), ("force_consistent_noise", "false"));
        train.Drop("is not meant for flow matching.", ("snr_gamma", ""), ("min_snr_gamma", ""), ("learnable_snr_gos", "false"));
        train.Drop("WanLab stops at losses that are not finite; it does not cap others.", ("max_loss", ""));
        train.Drop("the share of a regularisation set is datasets.weight.", ("reg_weight", "1"));
        train.Drop("a run starts at step 0, or continues from its saved state.", ("start_step", "0"));
        train.Drop("only the experts' adapters are trained.", ("train_text_encoder", "false"));
        train.Drop("does not work with this model there; WanLab's is the section validation, left off so that no clip is held out.",
            ("validation_config", ""));
        train.Drop("has no effect there without do_guidance_loss. WanLab's does something: advanced.differential_guidance.",
            ("do_differential_guidance", "false"));
    }

    private static OptimizerType Optimizer(SourceSection train)
    {
        switch ((train.Text("optimizer") ?? "adamw").ToLowerInvariant())
        {
            case "adamw": return OptimizerType.AdamW;
            case "adamw8bit" or "adamw8": return OptimizerType.AdamW8Bit;
            case "prodigy" or "prodigyopt": return OptimizerType.Prodigy;
            case "prodigy8bit":
                train.Note("optimizer", ImportOutcome.Changed, "WanLab's prodigy keeps its state in full precision.");
                return OptimizerType.Prodigy;
            case "adam":
                train.Note("optimizer", ImportOutcome.Changed, "became adamw, which is the same where weight decay is 0.");
                return OptimizerType.AdamW;
            case "adam8bit" or "adam8":
                train.Note("optimizer", ImportOutcome.Changed, "became adamw8bit, which is the same where weight decay is 0.");
                return OptimizerType.AdamW8Bit;
            case var other:
                train.Note("optimizer", ImportOutcome.Dropped,
                    $"WanLab has no '{other}'; adamw8bit is used, and the learning rate may have to change.");
                return OptimizerType.AdamW8Bit;
        }
    }

    private static double Decay(SourceSection train, OptimizerType optimizer)
    {
        var settings = train.Section("optimizer_params");
        settings.Drop("is fixed here.", ("betas", ""), ("eps", ""), ("decouple", "true"), ("use_bias_correction", "false"),
            ("safeguard_warmup", "false"), ("d_coef", "1"), ("d0", ""));
        return settings.Number("weight_decay", optimizer == OptimizerType.Prodigy ? 0 : UsualDecay);
    }

    private static int Accumulation(SourceSection train)
    {
        var items = train.Count("gradient_accumulation", 1);
        if (items > 1) train.Note("gradient_accumulation", ImportOutcome.Changed,
            "gradients are averaged here and summed there; with max_grad_norm and Adam the result is mostly the same.");
        var old = train.Count("gradient_accumulation_steps", 1);
        if (old == 1 || items > 1) return Math.Max(1, items);
        train.Note("gradient_accumulation_steps", ImportOutcome.Dropped,
            $"there, this key throws away all but the last of {old} gradients; write training.gradient_accumulation if you want them.");
        return 1;
    }

    private static LossType Loss(SourceSection train)
    {
        switch (train.Text("loss_type") ?? "mse")
        {
            case "mse": return LossType.Mse;
            case "mae": return LossType.Mae;
            case "pseudo_huber":
                train.Note("loss_type", ImportOutcome.Changed, "became huber, which turns from a square into a line at another point.");
                return LossType.Huber;
            case var other:
                train.Note("loss_type", ImportOutcome.Dropped,
                    $"'{other}' does not work on video there, and is not known here; mse is used.");
                return LossType.Mse;
        }
    }

    private static TrainingOptions Scheduler(SourceSection train, TrainingOptions options)
    {
        var settings = train.Section("lr_scheduler_params");
        var warmup = settings.Count("num_warmup_steps", train.Text("lr_scheduler") == "constant_with_warmup" ? 1000 : 0);
        settings.Drop("the schedule always ends with the run.", ("total_iters", ""), ("max_iterations", ""), ("T_max", ""), ("T_0", ""),
            ("eta_min", "0"));
        options = options with { WarmupSteps = warmup };
        switch (train.Text("lr_scheduler") ?? "constant")
        {
            case "constant" or "constant_with_warmup": return options;
            case "cosine" or "cosine_with_restarts": return options with { LrScheduler = LearningRateScheduler.Cosine };
            case "linear": return options with { LrScheduler = LearningRateScheduler.Linear };
            case var other:
                train.Note("lr_scheduler", ImportOutcome.Dropped,
                    $"WanLab has constant, cosine and linear, not '{other}'; constant is used.");
                return options;
        }
    }

    private static EmaOptions Ema(SourceSection ema)
    {
        ema.Drop("WanLab's average is plain.", ("use_feedback", "false"), ("param_multiplier", "1"));
        var enabled = ema.Switch("use_ema", false);
        var decay = ema.Number("ema_decay", 0.999);
        return enabled ? new EmaOptions { Enabled = true, Decay = decay } : new EmaOptions();
    }

    private static TextEncoderOptions TextEncoder(SourceSection train)
    {
        train.Ignore("cache_text_embeddings"); // the same numbers either way; WanLab caches
        if (train.Switch("unload_text_encoder", false))
            train.Note("unload_text_encoder", ImportOutcome.Dropped, "there it also means that captions are not used, only the trigger " +
                "word; to train like that, give each clip the trigger word as its caption.");
        return new TextEncoderOptions();
    }

    private static DopOptions Dop(SourceSection train, string? trigger)
    {
        var enabled = train.Switch("diff_output_preservation", false);
        var multiplier = train.Number("diff_output_preservation_multiplier", 1);
        var name = train.Text("diff_output_preservation_class") ?? "";
        if (!enabled) return new DopOptions();
        if (trigger is null)
        {
            train.Note("diff_output_preservation", ImportOutcome.Dropped,
                "needs a trigger word, and the job has none; with one, set training.dop.enabled: true.");
            return new DopOptions();
        }
        return new DopOptions { Enabled = true, Multiplier = multiplier, Class = name };
    }
}
