namespace WanLab;

/// <summary>
/// Finds programs on PATH. Only absolute entries count and the full path is started: a folder that one works in, such as a downloaded
/// dataset, can hold a file of the same name, which must never be run.
/// </summary>
internal static class Programs
{
    /// <summary>The full path of a program; null where no absolute entry of PATH has it.</summary>
    /// <param name="name">Name of the program, without a folder.</param>
    /// <param name="searchPath">Folders, as in the variable PATH; null takes that variable.</param>
    public static string? Find(string name, string? searchPath = null) =>
        (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => Names(name).Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(IsProgram);

    private static string[] Names(string name) => OperatingSystem.IsWindows() ? [name + ".exe", name] : [name];

    private static bool IsProgram(string file)
    {
        const UnixFileMode runs = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & runs) != 0);
    }
}
