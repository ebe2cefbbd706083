using System.Diagnostics;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Client;

/// <summary>A kernel in a process of its own, and a client of it.</summary>
internal sealed class StartedKernel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wanlab-kernel-");
    private readonly Process _process;

    /// <summary>Starts the kernel.</summary>
    /// <param name="command">The command that starts it, given a connection file as one more argument.</param>
    /// <param name="time">The client's clock.</param>
    public StartedKernel(IReadOnlyList<string> command, TimeProvider time)
    {
        var file = Path.Combine(_folder.FullName, "connection.json");
        Connection = KernelClient.NewConnection();
        Connection.Write(file);
        Client = new KernelClient(Connection, time);
        var info = new ProcessStartInfo(command[0], [.. command.Skip(1), file]);
        foreach (var (variable, value) in KernelCommand.Environment) info.Environment[variable] = value;
        _process = Process.Start(info)!;
    }

    /// <summary>The addresses where the kernel listens.</summary>
    public ConnectionInfo Connection { get; }

    /// <summary>A client connected to the kernel.</summary>
    public KernelClient Client { get; }

    /// <summary>The process of the kernel.</summary>
    public Process Process => _process;

    /// <summary>Asks the kernel to end, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public int Shutdown()
    {
        Client.Send("shutdown_request", new() { ["restart"] = false }, KernelPort.Control);
        if (!_process.WaitForExit(KernelClient.Patience)) throw new TimeoutException("The kernel did not end.");
        return _process.ExitCode;
    }

    /// <summary>Ends the kernel, whatever it is doing.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Client.Dispose();
        _folder.Delete(recursive: true);
    }
}
