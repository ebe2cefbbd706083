using WanLab.Media;
using WanLab.Models;

namespace WanLab.Tests.Datasets;

public static class Infos
{
    /// <summary>A made-up clip of constant rate.</summary>
    public static MediaFacts At(double fps, int frames, int width = 832, int height = 480) => new()
    {
        Width = width,
        Height = height,
        Fps = fps,
        FrameTimes = [.. Enumerable.Range(0, frames).Select(i => i / fps)],
    };
}
