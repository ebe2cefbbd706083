namespace WanLab.Media;

/// <summary>A number of frames that the video VAE can hold: 1 or 4n+1.</summary>
internal sealed class FrameCountAttribute : NumberRuleAttribute
{
    /// <inheritdoc/>
    public override string Words => "1 or 4n+1";

    /// <inheritdoc/>
    public override string? Complaint(long number)
    {
        if (ClipSize.IsFrameCount((int)number)) return null;
        var (below, above) = ClipSize.NearestFrames((int)number);
        return $"{number} frames do not fit the model, which takes 4n+1; the nearest are {below} and {above}";
    }
}
