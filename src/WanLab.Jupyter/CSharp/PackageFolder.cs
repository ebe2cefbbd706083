namespace WanLab.Jupyter.CSharp;

/// <summary>
/// The folder in which packages for one session are restored. It lies in the user's own cache and not among the temporary files,
/// where every user of the machine could leave a <c>Directory.Build.props</c> that MSBuild would run.
/// </summary>
internal sealed class PackageFolder : IDisposable
{
    private const string Nothing = "<Project />\n";

    // Found first, next to the project, so that none is looked for above it.
    private static readonly (string Name, string Text)[] Stops =
    [
        ("Directory.Build.props", Nothing), ("Directory.Build.targets", Nothing), ("Directory.Packages.props", Nothing),
        ("Directory.Build.rsp", ""), ("global.json", "{}\n"),
    ];

    private PackageFolder(string path) => Path = path;

    /// <summary>The folder; only its owner can enter it.</summary>
    public string Path { get; }

    /// <summary>Makes a new folder.</summary>
    /// <param name="cache">The user's cache.</param>
    /// <exception cref="WanLabException">The cache cannot be written.</exception>
    public static PackageFolder Create(string cache)
    {
        var path = System.IO.Path.Combine(cache, "packages", Guid.NewGuid().ToString("N"));
        Prepare(path);
        return new PackageFolder(path);
    }

    /// <summary>Makes a folder private, and independent of those above it.</summary>
    /// <exception cref="WanLabException">It cannot be written.</exception>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be made: {e.Message} Name another folder for WanLab's cache in WANLAB_CACHE.", e);
        }
        foreach (var (name, text) in Stops) AtomicFile.WriteText(System.IO.Path.Combine(path, name), text);
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
