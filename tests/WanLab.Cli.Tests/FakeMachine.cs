using System.Diagnostics;
using System.Runtime.Versioning;
using WanLab.Testing;

[assembly: UnsupportedOSPlatform("windows")]
namespace WanLab.Cli.Tests;

/// <summary>
/// A copy of the launcher in a checkout of its own (with a space in its path), on a machine where dotnet, the
/// compilers and apt-get are small scripts that note how they were called.
/// </summary>
internal sealed class FakeMachine : IDisposable
{
    private static readonly string[] Tools =
        ["bash", "env", "sh", "readlink", "dirname", "mkdir", "cat", "find", "paste", "flock", "rm", "mv", "sed", "awk", "touch", "cp"];

    /// <summary>Under a prefix: the files of what only the tests need.</summary>
    public static readonly string[] TestFiles =
    [
        "lib/python3/dist-packages/jupyter_kernel_test", "bin/jupyter-nbconvert", "bin/jupyter-notebook",
        "share/jupyter/nbextensions/jupyter-js-widgets", "bin/chromium", "bin/codespell",
    ];

    private readonly string _home = Directory.CreateTempSubdirectory("wanlab-launcher-").FullName;

    public FakeMachine()
    {
        Directory.CreateDirectory(Path.Combine(Checkout, "src"));
        Directory.CreateDirectory(Path.Combine(Checkout, "tests"));
        foreach (var file in (string[])["src/Step.cs", "tests/StepTests.cs", "WanLab.sln", "global.json", "Directory.Build.props"])
            File.WriteAllText(Path.Combine(Checkout, file), "");
        File.Copy(Path.Combine(Repository.Root, "wanlab"), Launcher);

        Directory.CreateDirectory(Programs);
        foreach (var tool in Tools) File.CreateSymbolicLink(Path.Combine(Programs, tool), Find(tool));
        foreach (var program in (string[])["cmake", "make", "g++", "ffmpeg", "ffprobe"]) Script(program, "exit 0");
        Script("id", "echo 0");
        Script("dotnet", """
            case $1 in
                --list-sdks) echo "10.0.100 [/sdk]" ;;
                build) note "$@"; [ ! -p "$HOME/gate" ] || cat "$HOME/gate"
                    [ ! -e "$HOME/broken" ] || { echo "Step.cs(1,1): error CS1002"; exit 1; }
                    mkdir -p artifacts/bin/WanLab.Cli/release; touch artifacts/bin/WanLab.Cli/release/WanLab.Cli.dll ;;
                test) note "$@"; mkdir -p artifacts/test-results; cp "$HOME"/*.trx artifacts/test-results
                    exit "$(cat "$HOME/code")" ;;
                *) shift; echo "cli in $PWD:"; printf '<%s>\n' "$@" ;;
            esac
            """);
        foreach (var file in (string[])["include/sentencepiece_processor.h", "lib/cmake/Torch/TorchConfig.cmake", "lib/libopenblas.so",
            "lib/libzmq.so.5", .. TestFiles])
            Touch(Path.Combine(_home, "prefix", file));
    }

    public string Checkout => Path.Combine(_home, "my checkout");

    public string Launcher => Path.Combine(Checkout, "wanlab");

    public string Home => _home;

    /// <summary>The noted calls, one a line, since the last look.</summary>
    public string[] TakeCalls()
    {
        var log = Path.Combine(_home, "calls");
        if (!File.Exists(log)) return [];
        var calls = File.ReadAllLines(log);
        File.Delete(log);
        return calls;
    }

    private string Programs => Path.Combine(_home, "programs");

    /// <summary>Puts a program on PATH; its function <c>note</c> notes a call.</summary>
    public void Script(string name, string body)
    {
        var file = Path.Combine(Programs, name);
        File.WriteAllText(file, $"#!/bin/sh\nnote() {{ echo \"{name} $*\" >>\"$HOME/calls\"; }}\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Lets the launcher see no files but this machine's.</summary>
    public void HideSystem() =>
        File.WriteAllText(Launcher, File.ReadAllText(Launcher).Replace("/usr:/usr/local:/opt/homebrew:", "", StringComparison.Ordinal));

    public void Remove(string program) => File.Delete(Path.Combine(Programs, program));

    /// <summary>Makes an empty file and its folders.</summary>
    public static void Touch(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }

    public CliRun Run(params string[] args) => Finish(Start(Launcher, _home, args));

    public Process Start(string launcher, string folder, params string[] args)
    {
        var info = new ProcessStartInfo(launcher, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Remove("WANLAB_TORCH");
        info.Environment["PATH"] = Programs;
        info.Environment["HOME"] = _home;
        info.Environment["CMAKE_PREFIX_PATH"] = Path.Combine(_home, "prefix");
        return Process.Start(info)!;
    }

    public static CliRun Finish(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new CliRun(process.ExitCode, output, error.Result);
        }
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private static string Find(string tool) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);
}
