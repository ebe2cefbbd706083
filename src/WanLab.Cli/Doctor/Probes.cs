using System.Runtime.InteropServices;
using WanLab.Torch;

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
        _ => Task.FromResult(MachineProbes.Codecs()),
        _ => Task.FromResult(JupyterProbe.Zmq()),
        _ => Task.FromResult(JupyterProbe.Program(Environment.GetEnvironmentVariable("PATH") ?? "")),
        _ => Task.FromResult(JupyterProbe.Kernel()),
        _ => Task.FromResult(MachineProbes.Torch()),
        _ => Task.FromResult(MachineProbes.Gpu()),
        _ => Task.FromResult(Cores()),
        _ => Task.FromResult(MachineProbes.Bf16()),
        _ => Task.FromResult(Memory()),
        _ => Task.FromResult(MachineProbes.Disk()),
    ];

    /// <summary>The things that can and cannot be done here, and the next command.</summary>
    public static IReadOnlyList<string> Summary() => Runtime.CudaCount > 0
        ?
        [
            "Here you can train the real model as well as the tiny one, as far as the GPU's memory goes: wanlab plan JOB says.",
            "Next: wanlab recipe motion --gpu GB --dataset CLIPS --model FOLDER --out job.yaml",
        ]
        :
        [
            "Here you can train and sample the embedded tiny model, check and plan jobs for the real one, and use the notebooks.",
            "You cannot train the real model: this libtorch has no CUDA device. docs/real-model.md says how to get one that has.",
            "Next: ./wanlab train datasets-example/orbit/job.yaml",
        ];

    private static Finding Dotnet() =>
        new(".NET", true, $"{Environment.Version}  {RuntimeEnvironment.GetRuntimeDirectory()}");

    private static Finding Cores() =>
        new("cores", true, $"{Environment.ProcessorCount}  {RuntimeInformation.ProcessArchitecture}");

    private static Finding Memory() => new("memory", true, Numbers.Size(SystemMemory.TotalBytes()));
}
