using WanLab.Media;

namespace WanLab.Cli.Doctor;

/// <summary>Finds a program of the ffmpeg family, its version and its place.</summary>
internal static class ProgramProbe
{
    /// <summary>Asks the program for its version.</summary>
    /// <param name="program">Name of the program.</param>
    /// <param name="remedy">Advice for a user who does not have it.</param>
    /// <param name="cancellation">Stops the wait for its answer.</param>
    public static async Task<Finding> FindAsync(string program, string remedy, CancellationToken cancellation)
    {
        var place = Programs.Find(program);
        if (place is null) return new Finding(program, false, "not on PATH", remedy);

        using var process = Ffmpeg.Start(place, ["-version"]);
        var answer = process.StandardOutput.ReadToEndAsync(cancellation);
        var complaint = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? new Finding(program, true, $"{Version(await answer)}  {place}")
            : new Finding(program, false, $"{place} does not run: {complaint.Trim()}", remedy);
    }

    /// <summary>The third word of "ffmpeg version 5.1.6-0+deb12u1 Copyright ...".</summary>
    public static string Version(string answer)
    {
        var words = answer.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        return words is [_, "version", var version, ..] ? version : "unknown version";
    }
}
