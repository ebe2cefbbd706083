namespace WanLab.Cli;

/// <summary>Names of files that are as short as they can be and still tell the files apart.</summary>
internal static class ShortPaths
{
    /// <summary>The last parts of each path: of all of them as many as it takes.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> paths)
    {
        var full = paths.Select(path => Path.GetFullPath(path).Split(Path.DirectorySeparatorChar)).ToList();
        var different = full.Select(parts => string.Join('/', parts)).Distinct().Count();
        var most = full.Count == 0 ? 1 : full.Max(parts => parts.Length);
        for (var count = 1; count < most; count++)
        {
            var names = full.Select(parts => string.Join(Path.DirectorySeparatorChar, parts.TakeLast(count))).ToList();
            if (names.Distinct().Count() == different) return names;
        }
        return paths;
    }
}
