using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace WanLab.Media;

/// <summary>The result of a program that ran to its end.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal readonly record struct ProgramResult(int ExitCode, string Output, string Errors);

/// <summary>Finds and starts the <c>ffmpeg</c> and <c>ffprobe</c> programs, version 5.1 or newer.</summary>
internal static partial class Ffmpeg
{
    private static readonly ConcurrentDictionary<string, string> Answers = new(StringComparer.Ordinal);

    // 128 + SIGHUP, SIGINT, SIGKILL, SIGTERM; ffmpeg itself answers a signal with 255 and a sentence. A crash is none of them.
    private static readonly int[] Signals = [129, 130, 137, 143];
    private const int OwnAnswer = 255;

    /// <summary>Starts <paramref name="program"/> ("ffmpeg" or "ffprobe") with redirected standard streams.</summary>
    /// <param name="program">The program's name, looked up in the absolute folders of PATH, or its full path.</param>
    /// <param name="arguments">The program's arguments, one per element: no quoting needed.</param>
    /// <param name="writesInput">Whether the caller writes to the program's standard input.</param>
    /// <param name="searchFolder">The only folder to look in; null looks on PATH.</param>
    /// <exception cref="WanLabException">The program is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool writesInput = false, string? searchFolder = null)
    {
        var place = Path.IsPathFullyQualified(program) ? program
            : searchFolder is null ? Programs.Find(program)
            : Path.GetFullPath(Path.Combine(searchFolder, program));
        if (place is null) throw Missing(program, searchFolder, null);
        var info = new ProcessStartInfo(place)
        {
            // Its standard input is never the user's terminal.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(info)!;
            if (!writesInput) process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Missing(program, searchFolder, e);
        }
    }

    /// <summary>Checks that both programs can be started.</summary>
    /// <param name="searchFolder">The only folder to look in; null looks on PATH.</param>
    /// <exception cref="WanLabException">One of the programs is not installed.</exception>
    public static void Require(string? searchFolder = null)
    {
        foreach (var program in (string[])["ffmpeg", "ffprobe"]) Run(program, ["-version"], searchFolder);
    }

    /// <summary>The first line of the answer to <c>-version</c>.</summary>
    internal static string Version => Answer("ffprobe", "-version").Split('\n')[0].Trim();

    /// <summary>Whether ffmpeg has a filter.</summary>
    internal static bool HasFilter(string name) => Listed("-filters", name);

    /// <summary>Whether ffmpeg has a decoder.</summary>
    internal static bool HasDecoder(string name) => Listed("-decoders", name);

    /// <summary>
    /// The options that name an input: one container, no protocol but that of files, and no pattern in the name. So no file can name
    /// other files, and no name is more than a name.
    /// </summary>
    internal static string[] Input(string full, MediaFormat format) =>
    [
        "-protocol_whitelist", "file", "-format_whitelist", format.Demuxer, "-f", format.Demuxer,
        .. format.Demuxer == MediaFormat.WholeImage ? (string[])["-pattern_type", "none"] : [], "-i", "file:" + full,
    ];

    /// <summary>The time that a program may take for a file: much longer than any that works needs.</summary>
    internal static TimeSpan TimeLimit(string full) =>
        TimeSpan.FromSeconds(120 + new FileInfo(full).Length / (256.0 * 1024));

    /// <summary>Runs a program to its end and returns its output as text.</summary>
    /// <exception cref="WanLabException">It takes longer than the limit, or was ended from outside.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; this wins over a failure of the program.</exception>
    internal static ProgramResult Run(string program, IEnumerable<string> arguments, string? searchFolder = null,
        TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        using var process = Start(program, arguments, searchFolder: searchFolder);
        using var watch = new ProcessWatch(process, limit ?? TimeSpan.FromMinutes(2), cancellation);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult();
        watch.ThrowIfEnded(program, said);
        return new(process.ExitCode, output, said);
    }

    /// <summary>Whether a program was ended by a signal, by its exit code and last words.</summary>
    internal static bool WasStopped(int exitCode, string errors) =>
        Signals.Contains(exitCode) || (exitCode == OwnAnswer && (errors.Contains("received signal", StringComparison.Ordinal)
            || errors.Contains("Immediate exit requested", StringComparison.Ordinal)));

    /// <summary>
    /// The first lines that a program wrote to standard error, without memory addresses and the clip's path: its reason in short.
    /// </summary>
    internal static string Reason(string errors, string path)
    {
        var lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Source().Replace(line, "$1: ").Replace("file:" + path + ": ", "", StringComparison.Ordinal)
                .Replace(path + ": ", "", StringComparison.Ordinal))
            .Distinct()
            .Take(3);
        var reason = string.Join("; ", lines);
        return reason == "" ? "no reason given" : reason;
    }

    private static bool Listed(string option, string name) =>
        Answer("ffmpeg", option).Split('\n').Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var listed, ..]
            && listed == name);

    // The programs do not change while this one runs.
    private static string Answer(string program, string option) =>
        Answers.GetOrAdd($"{Programs.Find(program)} {option}", _ => Run(program, ["-hide_banner", option]).Output);

    private static WanLabException Missing(string program, string? searchFolder, Exception? inner)
    {
        var text = $"The program '{program}' was not found {(searchFolder is null ? "on PATH" : $"in {searchFolder}")}. " +
            "Install ffmpeg (Debian: apt-get install ffmpeg) and try again.";
        return inner is null ? new WanLabException(text) : new WanLabException(text, inner);
    }

    [GeneratedRegex(@"^\[(\S+) @ 0x[0-9a-fA-F]+\] ")]
    private static partial Regex Source();
}
