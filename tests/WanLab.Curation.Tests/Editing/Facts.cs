using WanLab.Media;

namespace WanLab.Curation.Tests.Editing;

/// <summary>Facts of clips that do not exist.</summary>
internal static class Facts
{
    /// <summary>A clip of even times.</summary>
    public static MediaFacts Of(int frames, double fps = 24, int width = 640, int height = 360) => new()
    {
        Width = width,
        Height = height,
        Fps = fps,
        FrameTimes = [.. Enumerable.Range(0, frames).Select(k => k / fps)],
    };
}
