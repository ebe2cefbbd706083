using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Wire;

public sealed class ConnectionInfoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_of_a_client_is_read()
    {
        var info = ConnectionInfo.Read(_folder.Write("c.json", """
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1",
             "key": "abc", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "wanlab-csharp"}
            """));
        Assert.Equal(("abc", "tcp://127.0.0.1:1", "tcp://127.0.0.1:5"),
            (info.Key, info.Address(info.ShellPort), info.Address(info.HbPort)));
    }

    [Fact]
    public void It_listens_on_this_machine_alone_where_nothing_is_said() =>
        Assert.Equal("tcp://127.0.0.1:7",
            ConnectionInfo.Read(_folder.Write("c.json", "{\"shell_port\": 7}")) is var info ? info.Address(info.ShellPort) : "");

    [Fact]
    public void Sockets_in_a_folder_are_named_as_clients_name_them() =>
        Assert.Equal("ipc:///tmp/k-3", new ConnectionInfo { Transport = "ipc", Ip = "/tmp/k" }.Address(3));

    [Theory]
    [InlineData("{\"signature_scheme\": \"hmac-md5\"}", "signature_scheme 'hmac-md5' is not known")]
    [InlineData("{\"transport\": \"udp\"}", "transport 'udp' is not known")]
    [InlineData("hello", "cannot be read as a Jupyter connection file")]
    [InlineData("null", "cannot be read as a Jupyter connection file")]
    public void What_can_not_be_used_is_said(string text, string expected)
    {
        var file = _folder.Write("c.json", text);
        Assert.StartsWith($"{file}: {expected}", Assert.Throws<WanLabException>(() => ConnectionInfo.Read(file)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_said() =>
        Assert.Contains("'wanlab lab' starts one",
            Assert.Throws<WanLabException>(() => ConnectionInfo.Read(Path.Combine(_folder.Path, "no.json"))).Message,
            StringComparison.Ordinal);
}
