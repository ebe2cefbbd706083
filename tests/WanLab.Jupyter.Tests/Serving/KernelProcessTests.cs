using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using WanLab.Cli;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Tests.Jupyter;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>The kernel as a process of its own, over TCP.</summary>
public sealed class KernelProcessTests : IDisposable
{
    private readonly StartedKernel _kernel = new(KernelCommand.Of(DebianJupyter.Program), TimeProvider.System);

    public KernelProcessTests() => _kernel.Client.AwaitWelcome();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void It_listens_on_this_machine_alone_survives_strangers_and_ends_with_zero()
    {
        int[] ports = [_kernel.Connection.ShellPort, _kernel.Connection.ControlPort, _kernel.Connection.StdinPort,
            _kernel.Connection.IopubPort, _kernel.Connection.HbPort];
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(at => ports.Contains(at.Port)).ToList();
        Assert.Equal(5, listening.Count);
        Assert.All(listening, at => Assert.Equal(IPAddress.Loopback, at.Address));

        // Bytes that are not ZeroMQ's, on every port.
        var random = new Random(2);
        foreach (var port in ports)
            for (var k = 0; k < 20; k++)
            {
                using var stranger = new TcpClient("127.0.0.1", port);
                var bytes = new byte[random.Next(1, 5000)];
                random.NextBytes(bytes);
                stranger.GetStream().Write(bytes);
            }
        Assert.Equal("2", Answer("1 + 1"));
        Assert.Equal(0, _kernel.Shutdown());
    }

    [Fact]
    public void The_terminals_interrupt_means_the_cell_and_a_termination_the_kernel()
    {
        var request = _kernel.Client.Send("execute_request", KernelClient.Cell("display(1); await Task.Delay(-1, Interrupt.Token);"));
        _kernel.Client.Receive(KernelPort.Iopub, message => message.Type == "display_data");
        Signal("INT");
        Assert.Equal("Interrupted", (string?)_kernel.Client.Await(request).Of("error").Single()["ename"]);
        Signal("INT"); // nothing runs: nothing happens
        _kernel.Client.Execute("0"); // the signal is handled on a thread of its own and may reach this cell, but no later one
        Assert.Equal("2", Answer("1 + 1"));
        Signal("TERM");
        Assert.True(_kernel.Process.WaitForExit(KernelClient.Patience));
        Assert.Equal(0, _kernel.Process.ExitCode);
    }

    [Fact]
    public void It_ends_also_while_a_cell_blocks()
    {
        _kernel.Client.Send("execute_request", KernelClient.Cell("display(1); System.Threading.Thread.Sleep(-1);"));
        _kernel.Client.Receive(KernelPort.Iopub, message => message.Type == "display_data");
        Assert.Equal(0, _kernel.Shutdown());
    }

    [Fact]
    public void A_connection_file_that_is_none_ends_it_with_an_error()
    {
        var command = KernelCommand.Of(DebianJupyter.Program);
        using var process = Process.Start(
            new ProcessStartInfo(command[0], [.. command.Skip(1), "/no/such/file.json"]) { RedirectStandardError = true })!;
        Assert.Contains("cannot be read as a Jupyter connection file", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_kernel.Process.Id}"]);
        kill.WaitForExit();
    }

    private string? Answer(string code) => (string?)_kernel.Client.Execute(code).Of("execute_result").Single()["data"]!["text/plain"];
}
