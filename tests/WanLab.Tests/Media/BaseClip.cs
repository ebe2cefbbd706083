using WanLab.Testing;

namespace WanLab.Tests.Media;

/// <summary>One mp4 of 256 frames at 24 a second, made once for all tests of a class.</summary>
public sealed class BaseClip : IDisposable
{
    private readonly TempFolder _folder = new();

    public BaseClip() => Path = BarClips.Make(_folder["base.mp4"], 256, "24", BarClips.H264WithBFrames);

    public string Path { get; }

    public void Dispose() => _folder.Dispose();
}
