using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using WanLab.Jupyter.Install;
using WanLab.Notebooks;

namespace WanLab.Cli.Serving;

/// <summary>
/// Jupyter as a quiet child process: what it says goes to a file, the one line that matters is its address, and it ends with this
/// process.
/// </summary>
/// <param name="jupyter">The program.</param>
/// <param name="port">Its port.</param>
internal sealed class LabServer(JupyterProgram jupyter, int port)
{
    private const int LastPort = 8999;
    private const int Patience = 600; // seconds; a training in a notebook ends its step and saves its state

    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>The first free port from the usual one up.</summary>
    /// <exception cref="WanLabException">All are taken.</exception>
    public static int FreePort(int first)
    {
        for (var port = first; port <= LastPort; port++)
            if (IsFree(port)) return port;
        throw new WanLabException($"The ports {first} to {LastPort} are all taken on this machine; name another with --port.");
    }

    /// <summary>Whether nobody listens at a port of this machine.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The file of what Jupyter says.</summary>
    public string Log { get; } = Path.Combine(CacheFolder.Path, "jupyter", $"lab-{port}.log");

    /// <summary>Runs Jupyter until it ends, or ends it when asked to.</summary>
    /// <param name="folder">The folder that it shows.</param>
    /// <param name="page">A notebook in it to begin with; null for the list of files.</param>
    /// <param name="browser">Whether it opens a browser.</param>
    /// <param name="ready">Called with the address once it listens.</param>
    /// <param name="cancellation">Ends it, with its kernels.</param>
    /// <exception cref="WanLabException">It did not start.</exception>
    public async Task RunAsync(string folder, string? page, bool browser, Action<string> ready, CancellationToken cancellation)
    {
        using var process = Process.Start(StartInfo(folder, page, browser))!;
        process.StandardInput.Close(); // it would ask there whether Ctrl-C is meant
        var listens = false;
        using var log = new StreamWriter(Log) { AutoFlush = true };
        var reading = Task.WhenAll(FollowAsync(process.StandardOutput), FollowAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
        }
        await reading;
        if (listens || cancellation.IsCancellationRequested) return;
        log.Close();
        throw new WanLabException($"{jupyter.Path} ended with code {process.ExitCode} before it listened. Its last words ({Log}):\n" +
            string.Join('\n', File.ReadLines(Log).TakeLast(8)));

        async Task FollowAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                bool isFirst;
                lock (log)
                {
                    log.WriteLine(line);
                    isFirst = !listens && line.Contains($":{port}/", StringComparison.Ordinal);
                    listens |= isFirst;
                }
                if (isFirst) ready(Address(page));
            }
        }
    }

    private string Address(string? page)
    {
        var at = page is null ? "" : $"{(jupyter.IsLab ? "lab/tree" : "notebooks")}/{Uri.EscapeDataString(page)}";
        return $"http://127.0.0.1:{port}/{at}?token={_token}";
    }

    private ProcessStartInfo StartInfo(string folder, string? page, bool browser)
    {
        var data = Path.Combine(CacheFolder.Path, "jupyter");
        var kernel = KernelSpec.Write(data, KernelCommand.Of(typeof(LabServer).Assembly.Location),
            (PlotScripts.Variable, $"kernelspecs/{KernelSpec.Name}/{PlotScripts.File}"));
        AtomicFile.WriteText(Path.Combine(kernel, PlotScripts.File), PlotScripts.Whole());
        string[] arguments =
        [
            page is null ? folder : Path.Combine(folder, page), "--ip=127.0.0.1", $"--port={port}", "--port-retries=0",
            $"--KernelManager.shutdown_wait_time={Patience}",
            .. browser ? (string[])[] : ["--no-browser"],
        ];
        var info = jupyter.Start(data, arguments);
        info.WorkingDirectory = folder;
        info.Environment["JUPYTER_TOKEN"] = _token; // not an argument, which everyone on the machine can see
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        return info;
    }

    // Jupyter's own way to end, in which kernels are asked first: a training in a cell saves its state.
    private async Task EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Patience));
        try
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", _token);
            using var answer = await http.PostAsync($"http://127.0.0.1:{port}/api/shutdown", null, patience.Token);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
