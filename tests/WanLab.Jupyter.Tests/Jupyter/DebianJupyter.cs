using System.Diagnostics;
using WanLab.Cli;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Runner;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Jupyter;

/// <summary>Debian's Jupyter programs, which know the kernel of this build and nothing of this user's.</summary>
internal sealed class DebianJupyter : IDisposable
{
    // Debian's, also where PATH has another Python.
    public const string Python = "/usr/bin/python3", NbConvert = "/usr/bin/jupyter-nbconvert", Notebook = "/usr/bin/jupyter-notebook";
    private readonly TempFolder _folder = new();
    private readonly string _cache;

    /// <param name="cache">Folder of what kernels encode; null for one that is gone after the test.</param>
    public DebianJupyter(string? cache = null)
    {
        _cache = cache ?? Path.Combine(_folder.Path, "cache");
        KernelSpec.Write(_folder.Path, KernelCommand.Of(Program));
    }

    /// <summary>The program that is the kernel.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "WanLab.Cli.dll");

    /// <summary>A folder for notebooks, gone after the test.</summary>
    public TempFolder Folder => _folder;

    /// <summary>How to start one of the programs.</summary>
    public ProcessStartInfo StartInfo(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, folder) in ((string, string)[])[("JUPYTER_PATH", ""), ("JUPYTER_CONFIG_DIR", "config"),
            ("JUPYTER_DATA_DIR", "data"), ("JUPYTER_RUNTIME_DIR", "runtime"), ("IPYTHONDIR", "ipython")])
            info.Environment[variable] = Path.Combine(_folder.Path, folder);
        info.Environment["WANLAB_CACHE"] = _cache;
        return info;
    }

    /// <summary>Runs one of the programs to its end.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    public void Dispose() => _folder.Dispose();
}
