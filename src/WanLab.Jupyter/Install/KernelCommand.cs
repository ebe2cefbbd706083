namespace WanLab.Jupyter.Install;

/// <summary>The command that starts this program as a kernel.</summary>
internal static class KernelCommand
{
    /// <summary>The command line, without the connection file at its end.</summary>
    /// <param name="program">The assembly of the command line.</param>
    public static IReadOnlyList<string> Of(string program) => [Programs.Dotnet(), program, "jupyter", "kernel"];

    /// <summary>
    /// Variables to start it with. The profiling that .NET does for code that runs long costs a kernel, whose work is
    /// compiling small cells, 40 % of its time.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" };

    /// <summary>
    /// Keeps the launcher from replacing the files of this build while the kernel uses them: it takes the same lock
    /// before it builds.
    /// </summary>
    /// <param name="folder">The build's folder.</param>
    /// <returns>Releases the lock when disposed; null where the build is not the launcher's.</returns>
    /// <exception cref="WanLabException">The build is being replaced now.</exception>
    public static IDisposable? HoldBuild(string folder)
    {
        // artifacts/bin/WanLab.Cli/release -> artifacts
        var file = Path.Combine(folder, "..", "..", "..", "launcher.lock");
        if (!File.Exists(file)) return null;
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException e)
        {
            throw new WanLabException($"WanLab is being built in {Path.GetFullPath(folder)}; start the kernel again when that is done.", e);
        }
    }
}
