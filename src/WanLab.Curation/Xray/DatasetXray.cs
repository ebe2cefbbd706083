using WanLab.Curation.Editing;
using WanLab.Datasets;

namespace WanLab.Curation.Xray;

/// <summary>The use that training makes of a folder of clips.</summary>
[TypeFormatterSource]
public sealed record DatasetXray
{
    /// <summary>The folder and how it is read.</summary>
    public required DatasetOptions Options { get; init; }

    /// <summary>The items, by file name.</summary>
    public required IReadOnlyList<ClipXray> Items { get; init; }

    /// <summary>The files that give no item, with the reasons.</summary>
    public required IReadOnlyList<ClipProblem> Problems { get; init; }

    /// <summary>Whether edits are shown that are not applied yet.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Sentences about clips that are alone in their bucket.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. Items.Where(item => item.IsAlone).DistinctBy(item => item.Clip.Path).Select(Alone)];

    private string Alone(ClipXray item) =>
        $"{item.Name} is alone in the bucket {item.Clip.Bucket} of {Numbers.Of(item.Clip.NumFrames, "frame")}: in a batch it is repeated, "
        + $"and nothing else teaches this size.{Remedy(item)}";

    // The bucket with the most clips that one of the usual shapes leads to.
    private string Remedy(ClipXray item)
    {
        foreach (var (bucket, count) in Items.Where(other => !other.IsAlone).CountBy(other => other.Clip.Bucket)
            .OrderByDescending(size => size.Value))
        {
            foreach (var shape in CropChoice.Shapes)
            {
                if (Area(shape, item) is not { } area) continue;
                if (Bucketing.Choose(area.Width, area.Height, Options.Resolutions) != bucket) continue;
                var lost = 1 - area.Width * (double)area.Height / ((double)item.Clip.Info.Width * item.Clip.Info.Height);
                return $" Cropped to {shape}, which costs {Numbers.Percent(Math.Round(lost, 2))} of the picture, it would join the "
                    + $"{count} of {bucket}.";
            }
        }
        return "";
    }

    private static PixelArea? Area(string shape, ClipXray item)
    {
        try
        {
            return CropChoice.Parse(shape, item.Clip.Info);
        }
        catch (WanLabException)
        {
            return null; // too small for this shape
        }
    }
}
