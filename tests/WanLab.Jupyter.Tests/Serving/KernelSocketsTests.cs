using WanLab.Jupyter.Serving;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Serving;

public sealed class KernelSocketsTests
{
    // Whoever closes may find the thread awake for something else, already on its way out.
    [Fact]
    public void Closing_succeeds_whatever_the_sockets_are_doing()
    {
        using var folder = new TempFolder();
        for (var k = 0; k < 300; k++)
        {
            var connection = new ConnectionInfo
            {
                Transport = "ipc",
                Ip = Path.Combine(folder.Path, $"{k}"),
                Key = "key",
                ShellPort = 1,
                ControlPort = 2,
                StdinPort = 3,
                IopubPort = 4,
                HbPort = 5
            };
            var sockets = new KernelSockets(connection, (_, _) => { }, _ => throw new InvalidOperationException("nobody subscribes"));
            sockets.Start();
            var done = 0;
            for (var n = 0; n < 20; n++) sockets.AfterArrived(() => done++);

            sockets.Dispose();

            Assert.Equal(20, done);
        }
    }
}
