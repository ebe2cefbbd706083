using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Jobs.Import;

/// <summary>Imports entries of the datasets list: one WanLab dataset for each resolution of an entry.</summary>
internal static class ImportedDatasets
{
    public static IEnumerable<DatasetOptions> Dataset(SourceSection set, string? trigger)
    {
        Unneeded(set);
        if (set.Text("trigger_word") is { } own && own != trigger)
            set.Note("trigger_word", ImportOutcome.Dropped,
                "a WanLab run has one trigger word, job.trigger_word; write this one into the captions.");
        if (set.Text("caption_ext") is { } ending && ending.TrimStart('.') != "txt")
            set.Note("caption_ext", ImportOutcome.Dropped, $"WanLab reads captions from .txt files; rename those that end in '{ending}'.");
        var path = set.Text("folder_path")
            ?? set.Text("dataset_path") ?? throw set.Error("folder_path", "is missing; write the folder of its clips");
        set.Ignore("dataset_path");
        var options = new DatasetOptions
        {
            Path = path,
            DefaultCaption = set.Text("default_caption") ?? "",
            CaptionDropoutRate = set.Number("caption_dropout_rate", 0),
            Repeats = set.Count("num_repeats", 1),
            IsRegularization = set.Switch("is_reg", false),
            FlipX = set.Switch("flip_x", false),
            FlipY = set.Switch("flip_y", false),
            NumFrames = Frames(set),
            FrameSampling = Sampling(set),
        };
        if (options.IsRegularization)
            set.Note("is_reg", ImportOutcome.Changed, "there, every other step trains regularisation sets; " +
                "here, a set has its share by size, repeats and weight: raise datasets.weight to give it half.");
        var sides = set.Counts("resolution", 512);
        if (sides.Count > 1)
            set.Note("resolution", ImportOutcome.Changed, "the set is listed once for each resolution, since there every clip is trained " +
                "at each. In one entry with several resolutions, WanLab trains a clip at the largest it fills.");
        return sides.Select(side => options with { Resolutions = [side] });
    }

    private static void Unneeded(SourceSection set)
    {
        set.Ignore("cache_latents", "cache_latents_to_disk", "load_image_when_caching_latents", "cache_tensors_to_disk",
            "cache_text_embeddings", "num_workers",
            "cache_latents_num_workers", "prefetch_factor", "debug", "fast_image_size", "bucket_tolerance", "do_i2v",
            "trim_auto_frame_count_tail", "keep_tokens",
            "random_triggers_max", "invert_mask", "mask_min_value");
        set.Drop("captions are taken as they are here.", ("token_dropout_rate", "0"), ("shuffle_tokens", "false"), ("random_triggers", ""),
            ("replacements", ""));
        set.Drop("clips are cut around their centre to the shape of a bucket here.", ("buckets", "true"), ("square_crop", "false"),
            ("random_crop", "false"), ("random_scale", "false"), ("scale", "1"));
        set.Drop("a WanLab run has one batch size.", ("batch_size", ""));
        set.Drop("there it scales the adapter while this set is trained; WanLab always trains it at 1. " +
            "How often a set is trained is datasets.weight.", ("network_weight", "1"));
        set.Drop("the influence of a set is datasets.weight, which is how often it is trained.", ("loss_multiplier", "1"));
        set.Drop("use is_regularization with training.dop.", ("prior_reg", "false"));
        set.Drop("the first frame is the condition here; there is no other.",
            ("control_path", ""), ("control_path_1", ""), ("control_path_2", ""), ("control_path_3", ""), ("controls", ""),
            ("inpaint_path", ""), ("clip_image_path", ""), ("unconditional_path", ""));
        set.Drop("WanLab trains on whole frames.", ("mask_path", ""), ("alpha_mask", "false"));
        set.Drop("the model has no sound.", ("do_audio", "false"));
    }

    private static int Frames(SourceSection set)
    {
        var frames = set.Count("num_frames", 1);
        var valid = ClipSize.FramesAtMost(frames);
        if (valid != frames)
            set.Note("num_frames", ImportOutcome.Changed,
                $"{frames} became {valid}: the model takes 4n+1 frames, and there the last {frames - valid} are dropped silently.");
        else if (frames == 1)
            set.Note("num_frames", ImportOutcome.Advice, "is 1, so images are trained, not motion; 41 is usual for clips.");
        return valid;
    }

    private static FrameSampling Sampling(SourceSection set)
    {
        var fps = set.Number("fps", 24);
        if (set.Switch("auto_frame_count", false))
        {
            set.Note("auto_frame_count", ImportOutcome.Dropped, "all items of a WanLab dataset have the same length: " +
                "each clip gives all its disjoint windows of num_frames at 16 frames a second (frame_sampling: chunks).");
            set.Ignore("shrink_video_to_frames");
            return FrameSampling.Chunks;
        }
        if (set.Switch("shrink_video_to_frames", true))
        {
            if (set.Count("num_frames", 1) > 1)
                set.Note("shrink_video_to_frames", ImportOutcome.Advice, "frames are spread over each whole clip (frame_sampling: " +
                    "uniform), as there, which changes the speed of motion; native keeps it. 'wanlab check' shows each clip's speed.");
            return FrameSampling.Uniform;
        }
        set.Note("shrink_video_to_frames", ImportOutcome.Changed,
            FormattableString.Invariant(
                $"became frame_sampling: native, a window at a random place at 16 frames a second; there, whole frames are skipped to come near {fps:0.##}."));
        return FrameSampling.Native;
    }
}
