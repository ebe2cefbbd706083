using WanLab.Jupyter.Client;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Serving;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests;

/// <summary>A kernel in this process and a client of it, over sockets in a folder of their own: no port can be taken.</summary>
internal sealed class ServedKernel : IDisposable
{
    public const string Key = "a key for tests";
    private readonly TempFolder _folder = new();

    public ServedKernel(TimeProvider? time = null)
    {
        Connection = new ConnectionInfo
        {
            Transport = "ipc",
            Ip = Path.Combine(_folder.Path, "k"),
            Key = Key,
            ShellPort = 1,
            ControlPort = 2,
            StdinPort = 3,
            IopubPort = 4,
            HbPort = 5
        };
        Server = new KernelServer(Connection, new Interpreter(Path.Combine(_folder.Path, "packages"), time ?? TimeProvider.System),
            time ?? TimeProvider.System);
        Server.Start();
        Client = new KernelClient(Connection, TimeProvider.System);
        Client.AwaitWelcome();
    }

    public ConnectionInfo Connection { get; }

    public KernelServer Server { get; }

    public KernelClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _folder.Dispose();
    }
}

/// <summary>What a cell can wait for; it reaches it through <see cref="Reference"/>.</summary>
public static class Gate
{
    private static SemaphoreSlim _gate = new(0);

    /// <summary>A line of a cell that makes this class known.</summary>
    public static string Reference => $"#r \"{typeof(Gate).Assembly.Location}\"\nusing WanLab.Jupyter.Tests;\n";

    /// <summary>Blocks until the test opens the gate, deaf to interrupts.</summary>
    public static void Wait() => _gate.Wait();

    /// <summary>Waits until the test opens the gate, deaf to interrupts.</summary>
    public static Task WaitAsync() => _gate.WaitAsync();

    public static void Open() => _gate.Release();

    public static void Close() => _gate = new SemaphoreSlim(0);
}
