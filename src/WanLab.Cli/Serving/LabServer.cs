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

    private static readonly TimeSpan Leftovers = TimeSpan.FromSeconds(2);

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
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it, with its kernels.</param>
    /// <exception cref="WanLabException">It did not start, or its log cannot be written.</exception>
    public async Task RunAsync(string folder, string? page, bool browser, Action<string> ready, TimeProvider time,
        CancellationToken cancellation)
    {
        using var log = OpenLog();
        using var process = Process.Start(StartInfo(folder, page, browser))!;
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            process.StandardInput.Close(); // it would ask there whether Ctrl-C is meant
            var reading = Task.WhenAll(FollowAsync(process.StandardOutput), FollowAsync(process.StandardError));
            var ended = process.WaitForExitAsync(CancellationToken.None);
            using var stop = cancellation.Register(() => _ = EndAsync(process, ended, listens.Task.IsCompleted, time));
            if (await Task.WhenAny(listens.Task, ended) == listens.Task) ready(Address(page));
            await ended;
            // A browser that Jupyter opened holds its ends of the pipes, for as long as it lives.
            await Task.WhenAny(reading, Task.Delay(Leftovers, time, CancellationToken.None));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        if (listens.Task.IsCompleted || cancellation.IsCancellationRequested) return;
        throw new WanLabException($"{jupyter.Path} ended with code {process.ExitCode} before it listened. Its last words ({Log}):\n" +
            string.Join('\n', LastWords()));

        async Task FollowAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (line.Contains($":{port}/", StringComparison.Ordinal)) listens.TrySetResult();
                lock (log) Note(log, line);
            }
        }
    }

    private StreamWriter OpenLog()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
            return new StreamWriter(new FileStream(Log, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{Log}: cannot be written: {e.Message} Name another place for the cache with WANLAB_CACHE.", e);
        }
    }

    // A full disk must not stop the reading: Jupyter would wait until somebody takes what it has to say.
    private static void Note(StreamWriter log, string line)
    {
        try
        {
            log.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }
    }

    private IEnumerable<string> LastWords()
    {
        using var reader = new StreamReader(new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(8);
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
        var info = jupyter.Start(data, arguments, apart: true);
        info.WorkingDirectory = folder;
        info.Environment["JUPYTER_TOKEN"] = _token; // not an argument, which everyone on the machine can see
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        return info;
    }

    // Jupyter's own way to end, in which kernels are asked first: a training in a cell saves its state. Its answer may come at once or
    // only when all have ended, so the end of the process is what counts.
    private async Task EndAsync(Process process, Task ended, bool listens, TimeProvider time)
    {
        if (listens)
        {
            try
            {
                // No proxy: the token is for this machine.
                using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(Patience) };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", _token);
                using var answer = await http.PostAsync($"http://127.0.0.1:{port}/api/shutdown", null, CancellationToken.None);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // It ends already, or never answers: the wait decides.
            }
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(Patience), time, CancellationToken.None));
        }
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }
}
