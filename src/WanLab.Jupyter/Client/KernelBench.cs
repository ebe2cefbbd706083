namespace WanLab.Jupyter.Client;

/// <summary>The speed of a kernel, as its user experiences it.</summary>
/// <param name="FirstResultSeconds">From starting its process to the result of a first cell.</param>
/// <param name="FirstResultProcessorSeconds">Processor time of all the kernel's threads until then: less dependent on
/// what else the machine does.</param>
/// <param name="CellMilliseconds">A trivial cell, from sending to the state idle: the median.</param>
/// <param name="CellWorstMilliseconds">The slowest of them.</param>
/// <param name="CompletionMilliseconds">A completion: the median.</param>
/// <param name="CompletionWorstMilliseconds">The slowest of them.</param>
internal sealed record KernelBenchResult(
    double FirstResultSeconds, double FirstResultProcessorSeconds, double CellMilliseconds, double CellWorstMilliseconds,
    double CompletionMilliseconds, double CompletionWorstMilliseconds);

/// <summary>Measures the speed of a kernel.</summary>
internal static class KernelBench
{
    /// <summary>Starts a kernel, runs cells and completions, and ends it.</summary>
    /// <param name="command">The command that starts it.</param>
    /// <param name="rounds">Cells and completions that count, after as many that warm up.</param>
    /// <param name="time">The clock.</param>
    public static KernelBenchResult Run(IReadOnlyList<string> command, int rounds, TimeProvider time)
    {
        var started = time.GetTimestamp();
        using var kernel = new StartedKernel(command, time);
        kernel.Client.AwaitWelcome();
        kernel.Client.Execute("1 + 1");
        var first = time.GetElapsedTime(started).TotalSeconds;
        var processor = kernel.Process.TotalProcessorTime.TotalSeconds;

        var cells = Measure(round => kernel.Client.Execute($"var x{round} = {round}; x{round} + 1"), rounds, time);
        var completions = Measure(round => Complete(kernel.Client, $"Console.WriteLine(x{round}); Console.Wri"), rounds, time);
        kernel.Shutdown();
        return new KernelBenchResult(first, processor, cells[cells.Length / 2], cells[^1], completions[completions.Length / 2],
            completions[^1]);
    }

    private static void Complete(KernelClient client, string code)
    {
        var reply = client.Request("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length }).Reply!;
        if (reply.Content["matches"]?.AsArray().Count is not > 0)
            throw new InvalidDataException($"The kernel completed nothing: {reply.Content}");
    }

    private static double[] Measure(Action<int> work, int rounds, TimeProvider time)
    {
        var milliseconds = new List<double>();
        for (var round = 0; round < 2 * rounds; round++)
        {
            var started = time.GetTimestamp();
            work(round);
            if (round >= rounds) milliseconds.Add(time.GetElapsedTime(started).TotalMilliseconds);
        }
        return [.. milliseconds.Order()];
    }
}
