using System.Text.Json;

namespace WanLab.Jupyter.Wire;

/// <summary>The connection file that a Jupyter client writes for the kernel it starts.</summary>
internal sealed record ConnectionInfo
{
    /// <summary>The transport: <c>tcp</c> or <c>ipc</c>.</summary>
    public string Transport { get; init; } = "tcp";

    /// <summary>The address to bind; with ipc, the path that the socket files begin with.</summary>
    public string Ip { get; init; } = "127.0.0.1";

    /// <summary>The secret that signs messages; empty means that they are not signed.</summary>
    public string Key { get; init; } = "";

    /// <summary>The scheme by which messages are signed.</summary>
    public string SignatureScheme { get; init; } = "hmac-sha256";

    /// <summary>Port for requests that wait for their turn.</summary>
    public int ShellPort { get; init; }

    /// <summary>Port for requests that do not wait: interrupt, shutdown.</summary>
    public int ControlPort { get; init; }

    /// <summary>Port for questions to the user.</summary>
    public int StdinPort { get; init; }

    /// <summary>Port for what is published: outputs and states.</summary>
    public int IopubPort { get; init; }

    /// <summary>Port for the heartbeat.</summary>
    public int HbPort { get; init; }

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="WanLabException">The file is missing, is no connection file, or asks for something unsupported.</exception>
    public static ConnectionInfo Read(string path)
    {
        try
        {
            var info = JsonSerializer.Deserialize<ConnectionInfo>(File.ReadAllText(path), SnakeJson.Line)
                ?? throw new JsonException("it is empty");
            if (info.SignatureScheme != "hmac-sha256")
                throw new WanLabException($"{path}: signature_scheme '{info.SignatureScheme}' is not known; only hmac-sha256 is.");
            if (info.Transport is not ("tcp" or "ipc"))
                throw new WanLabException($"{path}: transport '{info.Transport}' is not known; tcp and ipc are.");
            return info;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new WanLabException($"{path}: cannot be read as a Jupyter connection file: " +
                $"{e.Message} A Jupyter client writes it when it starts a kernel; 'wanlab lab' starts one.", e);
        }
    }

    /// <summary>Writes the file, as a client does.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, SnakeJson.Line));

    /// <summary>The address of a port.</summary>
    public string Address(int port) => Transport == "ipc" ? $"ipc://{Ip}-{port}" : $"tcp://{Ip}:{port}";
}
