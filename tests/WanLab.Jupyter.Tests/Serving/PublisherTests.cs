using System.Text.Json.Nodes;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Serving;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>The states that a kernel publishes while several of its threads answer.</summary>
public sealed class PublisherTests
{
    [Fact]
    public void A_cell_that_ends_while_a_press_is_answered_leaves_the_kernel_idle()
    {
        using var folder = new TempFolder();
        var connection = new ConnectionInfo
        {
            Transport = "ipc",
            Ip = Path.Combine(folder.Path, "p"),
            Key = "key",
            ShellPort = 1,
            ControlPort = 2,
            StdinPort = 3,
            IopubPort = 4,
            HbPort = 5
        };
        var clock = new AskedTime();
        var publisher = new Publisher(clock);
        using var sockets = new KernelSockets(connection, (_, _) => { }, publisher.Welcome);
        publisher.Sockets = sockets;
        sockets.Start();
        using var client = new KernelClient(connection, TimeProvider.System);
        client.AwaitWelcome();
        var cell = Message.Create("execute_request", [], null, "client", TimeProvider.System);
        var press = Message.Create("comm_msg", [], null, "client", TimeProvider.System);

        using var runs = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var ends = false;
        var cells = new Thread(() => publisher.Bracket(cell, () =>
        {
            runs.Set();
            mayEnd.Wait();
            Volatile.Write(ref ends, true);
        }, isCell: true)) { IsBackground = true };
        cells.Start();
        runs.Wait();
        // The third message about the press, that the cell is still busy, is being made when the cell ends.
        var (widgets, asked) = (Environment.CurrentManagedThreadId, 0);
        clock.Asked = () =>
        {
            if (Environment.CurrentManagedThreadId != widgets || ++asked != 3) return;
            mayEnd.Set();
            SpinWait.SpinUntil(() => Volatile.Read(ref ends) && (!cells.IsAlive || cells.ThreadState.HasFlag(ThreadState.WaitSleepJoin)),
                TimeSpan.FromSeconds(10));
        };
        publisher.Bracket(press, () => { });
        cells.Join();

        var states = Enumerable.Range(0, 5).Select(_ => client.Receive(KernelPort.Iopub, message => message.Type == "status"))
            .Select(message => (message.ParentHeader.Text("msg_id") == cell.Id ? "cell " : "press ")
                + message.Content.Text("execution_state"));
        Assert.Equal(["cell busy", "press busy", "press idle", "cell busy", "cell idle"], states);
    }

    // Each message asks for the time once.
    private sealed class AskedTime : TimeProvider
    {
        public Action Asked { get; set; } = () => { };

        public override DateTimeOffset GetUtcNow()
        {
            Asked();
            return DateTimeOffset.UnixEpoch;
        }
    }
}
