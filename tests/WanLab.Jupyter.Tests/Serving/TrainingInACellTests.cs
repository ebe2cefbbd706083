using WanLab.Jupyter.Client;
using WanLab.Runs;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>Interrupting a cell that trains saves the run.</summary>
public sealed class TrainingInACellTests(MiniRun mini) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void Interrupt_saves_the_run_and_the_next_cell_goes_on_with_it()
    {
        Shared.Mini = mini;
        using var kernel = new ServedKernel();
        var request = kernel.Client.Send("execute_request", KernelClient.Cell(Gate.Reference + "using WanLab.Jupyter.Tests.Serving;\n" + """
            var job = Shared.Mini.Job("noted");
            var endless = job with { Training = job.Training with { Steps = 1_000_000 } };
            Shared.Mini.Train(endless, cancellation: Interrupt.Token, also: e => { if (e is StepDone { Record.Step: 3 }) display("trains"); }).Steps
            """));
        var behind = kernel.Client.Send("execute_request", KernelClient.Cell("display(\"must not run\")"));
        var first = kernel.Client.Receive(KernelPort.Iopub, message => message.Type is "display_data" or "error");
        Assert.True(first.Type == "display_data", first.Content.ToJsonString());
        kernel.Client.Request("interrupt_request", port: KernelPort.Control);
        var stopped = kernel.Client.Await(request);
        Assert.Equal("ok", (string?)stopped.Reply!.Content["status"]);
        var steps = int.Parse((string?)stopped.Of("execute_result").Single()["data"]!["text/plain"] ?? "",
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(steps, 3, 999_999);
        Assert.Equal("aborted", (string?)kernel.Client.Await(behind).Reply!.Content["status"]);

        var resumed = kernel.Client.Execute(
            $"Shared.Mini.Train(job with {{ Training = job.Training with {{ Steps = {steps + 2} }} }}, resume: true).Steps");
        Assert.Equal($"{steps + 2}", (string?)resumed.Of("execute_result").Single()["data"]!["text/plain"]);
    }
}

/// <summary>What a cell takes from its test.</summary>
public static class Shared
{
    public static MiniRun Mini { get; set; } = null!;
}
