namespace WanLab.Cli.Tests;

/// <summary>
/// Compares text with a file in Golden/. With WANLAB_UPDATE_GOLDENS=1 the files are written instead, for a change
/// that is meant: look at the difference before committing it.
/// </summary>
internal static class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("WANLAB_UPDATE_GOLDENS") == "1";

    public static void Matches(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", "WanLab.Cli.Tests", "Golden", name + ".txt");
        actual = Tidy(actual);
        if (Update) File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; make it with WANLAB_UPDATE_GOLDENS=1.");
        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }

    // Tables pad their last column; editors cut that off in the files.
    private static string Tidy(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
}

/// <summary>The folder that holds the solution.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "WanLab.sln")))
                return at.FullName;
        throw new InvalidOperationException($"No WanLab.sln above {folder}.");
    }
}
