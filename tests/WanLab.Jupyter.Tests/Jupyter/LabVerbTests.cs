using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Jupyter;

/// <summary><c>wanlab lab</c> starts Debian's Jupyter in the user's folder, quietly, and ends with all it started.</summary>
public sealed class LabVerbTests : IDisposable
{
    private readonly DebianJupyter _jupyter = new();

    public void Dispose() => _jupyter.Dispose();

    [Fact]
    public async Task The_lab_opens_a_folder_of_the_users_with_the_kernel_and_ends_when_it_is_terminated()
    {
        var port = FreePort();
        var info = _jupyter.StartInfo("dotnet", DebianJupyter.Program, "lab", "--no-browser", $"--port={port}");
        info.Environment.Remove("JUPYTER_PATH"); // it must find the kernel by itself
        info.Environment["HOME"] = _jupyter.Folder.Path;
        using var process = Process.Start(info)!;
        try
        {
            var (server, token) = await LabAddress.ReadAsync(process);
            using var http = new HttpClient { BaseAddress = new Uri(server) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", token);
            var specs = JsonNode.Parse(await http.GetStringAsync("api/kernelspecs"))!;
            Assert.Equal("C# (WanLab)", (string?)specs["kernelspecs"]!["wanlab-csharp"]!["spec"]!["display_name"]);
            var files = JsonNode.Parse(await http.GetStringAsync("api/contents"))!["content"]!.AsArray().Select(f => (string?)f!["name"]);
            Assert.Equal(["01-first-lora.ipynb", "Welcome.ipynb", "datasets-example"],
                files.Order(StringComparer.Ordinal).Where(name => name!.StartsWith("01", StringComparison.Ordinal) || name[0] > '9'));
            Assert.Contains("plotly.js", await http.GetStringAsync("kernelspecs/wanlab-csharp/plots.js"), StringComparison.Ordinal);

            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync("api/status")); // Jupyter has ended too
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
