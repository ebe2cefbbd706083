namespace WanLab;

/// <summary>The user's folder for files that can be made again: caches, the embedded model's files.</summary>
internal static class CacheFolder
{
    /// <summary>WANLAB_CACHE if set, else XDG_CACHE_HOME/wanlab, else ~/.cache/wanlab. A full path; it need not exist.</summary>
    public static string Path => Resolve(Environment.GetEnvironmentVariable);

    /// <summary>Folder of the encoded clips and captions that all runs share.</summary>
    public static string Encodings => System.IO.Path.Combine(Path, "encoded");

    internal static string Resolve(Func<string, string?> variable)
    {
        if (variable("WANLAB_CACHE") is { Length: > 0 } own) return System.IO.Path.GetFullPath(own);
        // The XDG specification says that relative paths are to be ignored.
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } xdg && System.IO.Path.IsPathRooted(xdg))
            return System.IO.Path.Combine(xdg, "wanlab");
        var home = variable("HOME") is { Length: > 0 } named ? named : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return System.IO.Path.Combine(home, ".cache", "wanlab");
    }
}
