using System.Runtime.InteropServices;

namespace WanLab.Cli.Doctor;

/// <summary>The probes of this machine, in the order they are shown. A new one is one line in <see cref="All"/>.</summary>
internal static class Probes
{
    private const string GetFfmpeg = "Install ffmpeg (Debian: apt-get install ffmpeg)";

    /// <summary>The probes of all things that WanLab needs.</summary>
    public static IReadOnlyList<Probe> All { get; } =
    [
        _ => Task.FromResult(Dotnet()),
        cancellation => ProgramProbe.FindAsync("ffmpeg", GetFfmpeg, cancellation),
        cancellation => ProgramProbe.FindAsync("ffprobe", GetFfmpeg, cancellation),
        _ => Task.FromResult(JupyterProbe.Zmq()),
        _ => Task.FromResult(JupyterProbe.Program(Environment.GetEnvironmentVariable("PATH") ?? "")),
        _ => Task.FromResult(Cores()),
        _ => Task.FromResult(Memory()),
    ];

    private static Finding Dotnet() =>
        new(".NET", true, $"{Environment.Version}  {RuntimeEnvironment.GetRuntimeDirectory()}");

    private static Finding Cores() =>
        new("cores", true, $"{Environment.ProcessorCount}  {RuntimeInformation.ProcessArchitecture}");

    private static Finding Memory() => new("memory", true, Numbers.Size(SystemMemory.TotalBytes()));
}
