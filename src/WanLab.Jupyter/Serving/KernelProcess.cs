using System.Runtime.InteropServices;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>A process that is a kernel, from its start to its end.</summary>
internal static partial class KernelProcess
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    // A step of the real model may take minutes, and its state is saved after it. A client that has less patience kills the process.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Serves until a client shuts the kernel down, or the program that started it is gone.</summary>
    /// <param name="connectionFile">The client's connection file.</param>
    /// <param name="time">The clock.</param>
    public static async Task RunAsync(string connectionFile, TimeProvider time)
    {
        var connection = ConnectionInfo.Read(connectionFile);
        using var packages = PackageFolder.Create(CacheFolder.Path);
        BackgroundFailures.Install();
        var interpreter = new Interpreter(packages.Path, time);
        using var server = new KernelServer(connection, interpreter, time);
        var terminated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            terminated.TrySetResult();
        });
        // Ctrl-C in the terminal of Jupyter reaches this process too; it means the cell.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            server.Interrupt();
        });
        server.Post(() => Warmup.Run(interpreter));
        server.Start();
        await Task.WhenAny(server.Shutdown, terminated.Task, ParentEndedAsync(time));
        await BeforeExit.StopAllAsync(Patience, time);
    }

    // A client that was killed leaves its kernels; without it nobody can reach them.
    private static async Task ParentEndedAsync(TimeProvider time)
    {
        var parent = OperatingSystem.IsWindows() ? 0 : getppid();
        while (OperatingSystem.IsWindows() || getppid() == parent) await Task.Delay(Glance, time);
    }

    [LibraryImport("libc")]
    private static partial int getppid();
}
