using WanLab.Diffusion;

namespace WanLab.Jobs.Import;

/// <summary>Imports the distribution of timesteps.</summary>
internal static class ImportedTimesteps
{
    public static TimestepType Type(SourceSection train)
    {
        if (train.Switch("linear_timesteps", false)) return Weighted(train, "linear_timesteps");
        if (train.Switch("linear_timesteps2", false)) return Weighted(train, "linear_timesteps2");
        switch (train.Text("timestep_type") ?? "sigmoid")
        {
            case "linear": return TimestepType.Linear;
            case "sigmoid":
                train.Note("timestep_type", ImportOutcome.Changed, "sigmoid is cut off exactly at the boundary here; " +
                    "there, the low-noise stage also draws the high-noise expert's last step.");
                return TimestepType.Sigmoid;
            case "shift" or "flux_shift" or "lumina2_shift":
                train.Note("timestep_type", ImportOutcome.Changed, "shift runs over the whole range, cut off exactly at the boundary, " +
                    "here; there, it ends at 24 of 1000, and the low-noise stage also draws the high-noise expert's last step.");
                return TimestepType.Shift;
            case "weighted": return Weighted(train, "timestep_type");
            case var other:
                train.Note("timestep_type", ImportOutcome.Dropped, $"WanLab has no '{other}'; linear is used.");
                return TimestepType.Linear;
        }
    }

    public static TimestepBias Bias(SourceSection train)
    {
        switch (train.Text("content_or_style") ?? "balanced")
        {
            case "balanced": return TimestepBias.Balanced;
            case "content": return Biased(train, "favor_high_noise", "high", TimestepBias.FavorHighNoise);
            case "style": return Biased(train, "favor_low_noise", "low", TimestepBias.FavorLowNoise);
            case var other:
                train.Note("content_or_style", ImportOutcome.Dropped, $"WanLab has no '{other}'; balanced is used.");
                return TimestepBias.Balanced;
        }
    }

    private static TimestepBias Biased(SourceSection train, string word, string expert, TimestepBias bias)
    {
        train.Note("content_or_style", ImportOutcome.Advice, $"is timestep_bias: {word}, with the same law (a cube, within each expert's " +
            $"range), as there. To give the {expert}-noise expert more of the steps, which the bias does not, use multistage.high_share.");
        return bias;
    }

    private static TimestepType Weighted(SourceSection train, string key)
    {
        train.Note(key, ImportOutcome.Changed, "became weighted: here the loss weight is a bell over all noise levels, " +
            "scaled to 1 on average for each expert; there it is another table, which gives the high-noise expert more weight on average.");
        return TimestepType.Weighted;
    }
}
