using WanLab.Models;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Training;

namespace WanLab.Tests.Sampling;

/// <summary>A small request, its image, and a folder for what is written.</summary>
internal sealed class SampleScene : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("wanlab-").FullName;

    public SampleRequest Request { get; } = new()
    {
        Prompt = "a yellow toy house on a tiled floor",
        Image = Path.Combine(Repository.Root, "datasets-example/orbit/images/held_out_1.png"),
        Video = new() { Width = 48, Height = 32, NumFrames = 5, Steps = 4, GuidanceScale = new PerExpert(1, 3) },
    };

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
