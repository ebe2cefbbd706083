namespace WanLab.Jupyter.Install;

/// <summary>The program <c>dotnet</c> that starts other .NET programs.</summary>
internal static class DotnetProgram
{
    /// <summary>The full path: what runs this process, or else what .NET's variables name, or else the first on PATH.</summary>
    /// <exception cref="WanLabException">There is none.</exception>
    public static string Find() => Find(Environment.ProcessPath, Environment.GetEnvironmentVariable);

    /// <summary>The full path. Relative folders are passed over: a downloaded folder must not bring the program along.</summary>
    /// <param name="own">The program that runs this process.</param>
    /// <param name="variable">Reads an environment variable.</param>
    internal static string Find(string? own, Func<string, string?> variable)
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string?[] named = [own, variable("DOTNET_HOST_PATH"), Path.Combine(variable("DOTNET_ROOT") ?? "", name)];
        return named.Append(Programs.Find("dotnet", variable("PATH") ?? ""))
            .FirstOrDefault(path => Path.IsPathFullyQualified(path ?? "") && Path.GetFileName(path) == name && File.Exists(path))
            ?? throw new WanLabException("The program dotnet is not on PATH. Install the .NET SDK " +
                "(https://dotnet.microsoft.com/download), or name its folder in the variable DOTNET_ROOT.");
    }
}
