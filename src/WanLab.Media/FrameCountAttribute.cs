namespace WanLab.Media;

/// <summary>A number of frames that the video VAE can hold: 1 or 4n+1.</summary>
internal sealed class FrameCountAttribute : NumberRuleAttribute
{
    /// <inheritdoc/>
    public override string Words => "1 or 4n+1";

    /// <inheritdoc/>
    public override string? Complaint(long number) => ClipSize.FrameComplaint((int)number);
}
