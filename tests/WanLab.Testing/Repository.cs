namespace WanLab.Testing;

/// <summary>The checkout that the tests were built in.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "WanLab.sln")))
                return at.FullName;
        throw new InvalidOperationException($"No WanLab.sln above {folder}.");
    }
}
