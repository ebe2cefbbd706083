namespace WanLab.Jobs.Recipes;

/// <summary>Advice for runs that do not come out right: the first things to try, by symptom.</summary>
internal static class RecipeAdvice
{
    /// <summary>The advice for a kind of LoRA, the most relevant first.</summary>
    public static IReadOnlyList<string> For(RecipeKind kind) => kind switch
    {
        RecipeKind.Motion => [CameraStands, TooFast, Narrow, WorseFaces, Memory, Slow],
        RecipeKind.Style => [Overpowers, Narrow, WorseFaces, TooFast, Memory, Slow],
        _ => [WorseFaces, Narrow, TooFast, Memory, Slow],
    };

    private const string CameraStands =
        "The camera hardly moves: is multistage.high_noise true? Do the captions name the motion, and do all clips show it? Then raise " +
            "multistage.high_share, or set timestep_bias: favor_high_noise.";

    private const string TooFast =
        "Motion is too fast or too slow: keep frame_sampling: native, and sample as many frames as were trained. " +
            "'wanlab check' shows each clip's speed; sample.fps only changes how fast a clip is played.";

    private const string WorseFaces =
        "Details or faces are worse than the base model's: rank 32, timestep_bias: favor_low_noise, a lower learning rate, " +
            "or an earlier checkpoint.";

    private const string Narrow =
        "It works only on scenes like the clips: fewer steps or an earlier checkpoint, more varied clips, training.dop (needs a trigger " +
            "word); if that is on, a lower rank or learning rate.";

    private const string Overpowers =
        "Everything looks alike: a lower learning rate from an earlier checkpoint on (wanlab resume RUN --from STEP --set " +
            "training.learning_rate=5e-5), or a lower rank.";

    private const string Memory =
        "Out of memory: leave out 1024, then 768; num_frames 33, then 21; batch_size 1; transformer uint4+ara; low_vram: true; " +
            "last, layer_offloading. With low_vram: switch_every 10 to 50.";

    private const string Slow =
        "Slow: num_frames 33 or 21; no 1024; layer_offloading 0; with low_vram not switch_every 1; sample.every 250 or more. " +
            "3000 steps of 41 frames take tens of hours even on a large GPU.";
}
