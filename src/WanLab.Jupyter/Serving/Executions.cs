using System.Text.Json.Nodes;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>Runs the cells that clients send, one after the other, on a thread of its own.</summary>
/// <param name="interpreter">Runs the code.</param>
/// <param name="publisher">Sends messages.</param>
/// <param name="questions">Asks the user.</param>
/// <param name="comms">The widgets that clients know.</param>
/// <param name="history">Remembers cells.</param>
/// <param name="time">The clock.</param>
internal sealed class Executions(Interpreter interpreter, Publisher publisher, Questions questions, Comms comms, History history,
    TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(10);
    private readonly Worker _worker = new("cells");
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private int _count;
    private bool _aborting, _interrupted;

    /// <summary>Runs something where cells run, before the next of them.</summary>
    public void Post(Action action) => _worker.Post(action);

    /// <summary>Takes an <c>execute_request</c>.</summary>
    public void Add(Message request) => _worker.Post(() => Handle(request));

    /// <summary>
    /// Asks the running cell to stop; where none runs, nothing happens. A cell that awaits something without having asked for
    /// its token is left behind a moment later, any other that awaits at the second interrupt.
    /// </summary>
    public void Interrupt()
    {
        CancellationTokenSource? running;
        lock (_lock) running = _running;
        if (running is null) return;
        var isFirst = !running.IsCancellationRequested;
        _ = running.CancelAsync();
        if (CellRun.Current is not { } run) return;
        if (isFirst)
        {
            _ = LeaveBehindAsync(run);
            _ = RemindAsync(run, running.Token);
        }
        else
        {
            run.LeaveBehind();
        }
    }

    private async Task LeaveBehindAsync(CellRun run)
    {
        await Task.Delay(Grace, time, CancellationToken.None);
        if (run.Interrupt is { IsObserved: false }) run.LeaveBehind();
    }

    // A thread cannot be ended from outside: code that never looks at the token keeps running.
    private async Task RemindAsync(CellRun run, CancellationToken token)
    {
        await Task.Delay(Patience, time, CancellationToken.None);
        lock (_lock)
        {
            if (_running?.Token != token) return;
        }
        run.Output.Stream("stderr", run.IsAwaiting
            ? "The cell has not stopped yet. Interrupt it once more to leave it behind: what it waits for then continues without it.\n"
            : "The cell has not stopped yet: its code does not look at Interrupt.Token. "
                + "Restart the kernel to end it; all variables are then lost.\n");
        run.Output.Flush();
    }

    private void Handle(Message request) => publisher.Bracket(request, () =>
    {
        if (_aborting)
        {
            publisher.Reply(KernelChannel.Shell, request, "execute_reply", new JsonObject { ["status"] = "aborted" });
            return;
        }
        var reply = Run(request);
        if (_interrupted || ((string?)reply["status"] == "error" && request.Content.Flag("stop_on_error", true))) AbortQueued();
        publisher.Reply(KernelChannel.Shell, request, "execute_reply", reply);
    }, isCell: true);

    private JsonObject Run(Message request)
    {
        var code = request.Content.Text("code") ?? "";
        var silent = request.Content.Flag("silent", false);
        var counts = !silent && request.Content.Flag("store_history", true) && code.Trim().Length > 0;
        if (counts) history.Add(++_count, code);
        var number = counts ? _count : Math.Max(_count, 1);
        if (!silent) publisher.Publish(request, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number });

        // Not disposed: what the cell started may hold its token for as long as it likes.
        var source = new CancellationTokenSource();
        lock (_lock) _running = source;
        var run = new CellRun(new ClientOutput(request, number, publisher, questions, comms), source.Token, time);
        try
        {
            // On another flow of execution, so that what a cell sets there ends with it.
            var error = Task.Run(() => interpreter.ExecuteAsync(code, $"cell {number}", run), CancellationToken.None)
                .GetAwaiter()
                .GetResult();
            var reply = error?.ToJson()
                ?? new JsonObject { ["payload"] = Pages(run), ["user_expressions"] = Evaluate(request, source.Token) };
            reply["status"] = error is null ? "ok" : "error";
            reply["execution_count"] = number;
            return reply;
        }
        finally
        {
            lock (_lock) _running = null;
            // A training that was interrupted saves and returns, as if all were well; the user still meant the cells behind it too.
            _interrupted = source.IsCancellationRequested;
        }
    }

    // Requests that were sent before the client could know of the error; the ones behind them are meant.
    private void AbortQueued()
    {
        _aborting = true;
        publisher.Sockets.AfterArrived(() => _worker.Post(() => _aborting = false));
    }

    private JsonObject Evaluate(Message request, CancellationToken cancellation)
    {
        var results = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            var (data, error) = interpreter.EvaluateAsync(expression?.ToString() ?? "", cancellation).GetAwaiter().GetResult();
            var result = error is null
                ? new JsonObject { ["data"] = data!.ToJson(), ["metadata"] = new JsonObject() }
                : (error with { Shown = null }).ToJson(); // nothing is shown above it
            result["status"] = error is null ? "ok" : "error";
            results[name] = result;
        }
        return results;
    }

    private static JsonArray Pages(CellRun run) =>
        [.. run.Pages.Select(page => new JsonObject { ["source"] = "page", ["data"] = page.ToJson(), ["start"] = 0 })];
}
