namespace WanLab.Docs.Tests;

/// <summary>The files of the project that people write.</summary>
internal static class ProjectFiles
{
    private static readonly string[] Made =
        [".git", "artifacts", "runs", "bin", "obj", "TestResults", "__pycache__", ".ipynb_checkpoints", ".vs"];

    /// <summary>Paths from the root, with '/', of all files whose names end as given.</summary>
    public static IReadOnlyList<string> Named(params string[] endings) =>
    [
        .. Below(Repository.Root)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    public static string Full(string file) => Path.Combine(Repository.Root, file);

    public static string Read(string file) => File.ReadAllText(Full(file));

    /// <summary>The place that counts are kept for: a project of src or tests, another folder, or '.' for the root.</summary>
    public static string PlaceOf(string file)
    {
        var parts = file.Split('/');
        return parts.Length == 1 ? "." : parts[0] is "src" or "tests" && parts.Length > 2 ? $"{parts[0]}/{parts[1]}" : parts[0];
    }

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(child => !Made.Contains(Path.GetFileName(child))).SelectMany(Below));
}
