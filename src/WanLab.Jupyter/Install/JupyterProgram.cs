using System.Diagnostics;

namespace WanLab.Jupyter.Install;

/// <summary>A Jupyter that is on this machine.</summary>
/// <param name="Path">Path of its program.</param>
internal sealed record JupyterProgram(string Path)
{
    // The newest first, as people who have several expect.
    private static readonly string[] Names = ["jupyter-lab", "jupyter-notebook"];

    /// <summary>Whether it is JupyterLab, and not the classic notebook.</summary>
    public bool IsLab => System.IO.Path.GetFileName(Path).StartsWith(Names[0], StringComparison.Ordinal);

    /// <summary>Looks for JupyterLab, then for the classic notebook.</summary>
    /// <param name="searchPath">Folders, as in the variable PATH.</param>
    /// <exception cref="WanLabException">There is no Jupyter.</exception>
    public static JupyterProgram Find(string searchPath)
    {
        var found = Names.Select(program => Programs.Find(program, searchPath)).FirstOrDefault(place => place is not null);
        return found is not null
            ? new JupyterProgram(found)
            : throw new WanLabException("""
                There is no Jupyter on this machine (neither jupyter-lab nor jupyter-notebook is on PATH). Install one:
                  Debian:     apt-get install jupyter-notebook
                  any system: pipx install jupyterlab
                Then run 'wanlab lab' again. 'wanlab notebook run FILE.ipynb' runs notebooks without it.
                """);
    }

    /// <summary>The command that starts it so that it knows the kernel, without a change to anybody's settings.</summary>
    /// <param name="dataFolder">The folder the kernel was written to.</param>
    /// <param name="arguments">Arguments for the program.</param>
    /// <param name="apart">Whether Ctrl-C of the terminal is kept from it, where the system can do that.</param>
    public ProcessStartInfo Start(string dataFolder, IEnumerable<string> arguments, bool apart = false)
    {
        var alone = apart ? Programs.Find("setsid", Environment.GetEnvironmentVariable("PATH") ?? "") : null;
        var info = new ProcessStartInfo(alone ?? Path, alone is null ? arguments : arguments.Prepend(Path)) { UseShellExecute = false };
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()) info.ArgumentList.Add("--allow-root"); // in containers
        var others = Environment.GetEnvironmentVariable("JUPYTER_PATH");
        info.Environment["JUPYTER_PATH"] = string.IsNullOrEmpty(others)
            ? dataFolder
            : $"{dataFolder}{System.IO.Path.PathSeparator}{others}";
        return info;
    }
}
