using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tests.Models;

/// <summary>The embedded model in a folder of its own, for the tests of one class.</summary>
public sealed class TinyBase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-").FullName;

    public TinyBase()
    {
        Runtime.Threads = 1;
        foreach (var file in Directory.EnumerateFiles(TinyModel.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(TinyModel.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Model = BaseModel.Open(ModelLayout.FromFolder(_folder), TinyModel.Name, compute: DType.Float32);
    }

    public BaseModel Model { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
