namespace WanLab.Jupyter.Tests;

/// <summary>Finds the files of the project from a test's build folder.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "WanLab.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
