using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Jupyter;

/// <summary><c>wanlab lab</c> starts Debian's Jupyter, which then offers the kernel.</summary>
public sealed partial class LabVerbTests : IDisposable
{
    private readonly DebianJupyter _jupyter = new();

    public void Dispose() => _jupyter.Dispose();

    [Fact]
    public async Task Jupyter_starts_with_the_kernel()
    {
        var info = _jupyter.StartInfo("dotnet", DebianJupyter.Program, "lab", ".", "--no-browser", $"--port={FreePort()}");
        info.Environment.Remove("JUPYTER_PATH"); // it must find the kernel by itself
        using var process = Process.Start(info)!;
        try
        {
            var address = await AddressAsync(process.StandardError);
            using var http = new HttpClient();
            var specs = JsonNode.Parse(
                await http.GetStringAsync($"{address.Groups[1].Value}api/kernelspecs?token={address.Groups[2].Value}"))!;
            Assert.Equal("C# (WanLab)", (string?)specs["kernelspecs"]!["wanlab-csharp"]!["spec"]!["display_name"]);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task<Match> AddressAsync(StreamReader reader)
    {
        var said = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Address().Match(line) is not { Success: true } match) continue;
            _ = reader.ReadToEndAsync(); // what it says later must not block it
            return match;
        }
        throw new InvalidOperationException($"Jupyter did not start:\n{string.Join('\n', said)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"(http://(?:localhost|127\.0\.0\.1):\d+/)\S*\?token=(\w+)")]
    private static partial Regex Address();
}
