using System.Diagnostics;

namespace WanLab.Media;

/// <summary>Finds and starts the <c>ffmpeg</c> and <c>ffprobe</c> programs.</summary>
public static class Ffmpeg
{
    /// <summary>Starts <paramref name="program"/> ("ffmpeg" or "ffprobe") with redirected standard streams.</summary>
    /// <param name="program">The program's name, looked up on PATH.</param>
    /// <param name="arguments">Its arguments, one an element: no quoting needed.</param>
    /// <param name="writesInput">Whether the caller writes to the program's standard input.</param>
    /// <exception cref="WanLabException">The program is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool writesInput = false)
    {
        var info = new ProcessStartInfo(program)
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
            throw new WanLabException(
                $"The program '{program}' was not found on PATH. Install ffmpeg (Debian: apt-get install ffmpeg) and try again.", e);
        }
    }
}
