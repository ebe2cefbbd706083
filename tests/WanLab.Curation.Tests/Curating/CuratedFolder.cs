using WanLab.Curator;

namespace WanLab.Curation.Tests.Curating;

/// <summary>A folder of small clips with a server for it, which can be ended and started again.</summary>
internal sealed class CuratedFolder : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private CuratorServer? _server;
    private int _port;

    /// <summary>The folder of clips.</summary>
    public string Clips => Path.Combine(_folder.Path, "clips");

    /// <summary>The folder above it.</summary>
    public string Above => _folder.Path;

    /// <summary>The address of the running server, with its token.</summary>
    public string Address => _server!.Address;

    /// <summary>The address without the token.</summary>
    public string Root => Address[..(Address.IndexOf('?', StringComparison.Ordinal))];

    /// <summary>A folder of copies of one clip.</summary>
    public static async Task<CuratedFolder> OfAsync(IEnumerable<string> names, DrawnClip? clip = null)
    {
        var folder = new CuratedFolder();
        Directory.CreateDirectory(folder.Clips);
        var first = Path.Combine(folder.Above, "first.mp4");
        (clip ?? new DrawnClip { Picture = new LeafPicture(5), Width = 64, Height = 64, Seconds = 0.5, Camera = t => new View(80 * t) })
            .Encode(first, "-c:v", "libx264");
        foreach (var name in names) File.Copy(first, Path.Combine(folder.Clips, name));
        await folder.StartAsync("secret");
        return folder;
    }

    /// <summary>Starts a server with a token, at the port of the one before it.</summary>
    public async Task StartAsync(string token)
    {
        _server = await CuratorServer.StartAsync(new CuratorOptions
        {
            Folder = Clips, Port = _port, Token = token, CacheFolder = Path.Combine(Above, "cache"), Time = TimeProvider.System,
        }, CancellationToken.None);
        _port = new Uri(_server.Address).Port;
    }

    /// <summary>Ends the server.</summary>
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>The caption of a clip on the disk; empty where there is none.</summary>
    public string Caption(string clip) => Path.Combine(Clips, Path.ChangeExtension(clip, ".txt")) is var file && File.Exists(file)
        ? File.ReadAllText(file).Trim() : "";

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }
}
