using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tests.Models;

/// <summary>The embedded model in a folder of its own, for the tests of one class.</summary>
public sealed class TinyBase : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("wanlab-").FullName;

    public TinyBase()
    {
        Runtime.Threads = 1;
        Model = BaseModel.Open(ModelLayout.FromFolder(TinyModel.Folder(_cache)), TinyModel.Name, compute: null);
    }

    public BaseModel Model { get; }

    public void Dispose() => Directory.Delete(_cache, recursive: true);
}
