namespace WanLab.Docs.Tests;

/// <summary>
/// The files of the project, found from a test's build folder. These tests read text only and refer to no other project, so that
/// they can be built and run without libtorch.
/// </summary>
internal static class ProjectFiles
{
    private static readonly string[] Made =
        [".git", "artifacts", "runs", "bin", "obj", "TestResults", "__pycache__", ".ipynb_checkpoints", ".vs"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Paths from the root, with '/', of all files that people write and whose names end as given.</summary>
    public static IReadOnlyList<string> Named(params string[] endings) =>
    [
        .. Below(Root)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    public static string Full(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(Full(file));

    /// <summary>The place that counts are kept for: a project of src or tests, another folder, or '.' for the root.</summary>
    public static string PlaceOf(string file)
    {
        var parts = file.Split('/');
        return parts.Length == 1 ? "." : parts[0] is "src" or "tests" && parts.Length > 2 ? $"{parts[0]}/{parts[1]}" : parts[0];
    }

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(child => !Made.Contains(Path.GetFileName(child))).SelectMany(Below));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "WanLab.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
