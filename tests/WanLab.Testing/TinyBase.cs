using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Testing;

/// <summary>The embedded model in a folder of its own, for the tests of one class.</summary>
public sealed class TinyBase : IDisposable
{
    private readonly TempFolder _folder = new();

    public TinyBase()
    {
        Runtime.Threads = 1;
        foreach (var file in Directory.EnumerateFiles(TinyModel.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.Path, Path.GetRelativePath(TinyModel.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Model = BaseModel.Open(ModelLayout.FromFolder(_folder.Path), TinyModel.Name, compute: DType.Float32);
    }

    public BaseModel Model { get; }

    public void Dispose() => _folder.Dispose();
}
