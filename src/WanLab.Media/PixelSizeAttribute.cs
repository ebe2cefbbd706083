namespace WanLab.Media;

/// <summary>A width or height: rounded to a multiple of 16 (<see cref="ClipSize"/>).</summary>
internal sealed class PixelSizeAttribute : NumberRuleAttribute
{
    /// <inheritdoc/>
    public override string Words => "a multiple of 16";

    /// <inheritdoc/>
    public override long Adjust(long number) => ClipSize.NearestSide((int)number);
}
