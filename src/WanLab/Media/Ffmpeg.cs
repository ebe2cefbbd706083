using System.Diagnostics;

namespace WanLab.Media;

/// <summary>Finds and starts the <c>ffmpeg</c> and <c>ffprobe</c> programs, version 5.1 or newer.</summary>
internal static partial class Ffmpeg
{
    /// <summary>Starts <paramref name="program"/> ("ffmpeg" or "ffprobe") with redirected standard streams.</summary>
    /// <param name="program">The program's name, looked up on PATH.</param>
    /// <param name="arguments">The program's arguments, one per element: no quoting needed.</param>
    /// <param name="writesInput">Whether the caller writes to the program's standard input.</param>
    /// <param name="searchFolder">The only folder to look in; null looks on PATH.</param>
    /// <exception cref="WanLabException">The program is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool writesInput = false, string? searchFolder = null)
    {
        var info = new ProcessStartInfo(searchFolder is null ? program : Path.Combine(searchFolder, program))
        {
            RedirectStandardInput = writesInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        try
        {
            return Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            var place = searchFolder is null ? "on PATH" : $"in {searchFolder}";
            throw new WanLabException(
                $"The program '{program}' was not found {place}. Install ffmpeg (Debian: apt-get install ffmpeg) and try again.", e);
        }
    }

    /// <summary>Checks that both programs can be started.</summary>
    /// <param name="searchFolder">The only folder to look in; null looks on PATH.</param>
    /// <exception cref="WanLabException">One of the programs is not installed.</exception>
    public static void Require(string? searchFolder = null)
    {
        foreach (var program in (string[])["ffmpeg", "ffprobe"]) Run(program, ["-version"], searchFolder);
    }

    /// <summary>Runs a program to its end and returns its output as text.</summary>
    internal static (int ExitCode, string Output, string Errors) Run(string program, IEnumerable<string> arguments,
        string? searchFolder = null)
    {
        using var process = Start(program, arguments, searchFolder: searchFolder);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>
    /// The first lines that a program wrote to standard error, without memory addresses and the clip's path: its reason in short.
    /// </summary>
    internal static string Reason(string errors, string path)
    {
        var lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Source().Replace(line, "$1: ").Replace(path + ": ", "", StringComparison.Ordinal))
            .Distinct()
            .Take(3);
        var reason = string.Join("; ", lines);
        return reason == "" ? "no reason given" : reason;
    }

    [GeneratedRegex(@"^\[(\S+) @ 0x[0-9a-fA-F]+\] ")]
    private static partial Regex Source();
}
