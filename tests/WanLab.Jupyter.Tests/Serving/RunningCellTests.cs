using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>What happens while a cell runs, and after it.</summary>
public sealed class RunningCellTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServedKernel _kernel;

    public RunningCellTests()
    {
        _kernel = new ServedKernel(_time);
        Gate.Close();
        Client.Execute(Gate.Reference);
    }

    private KernelClient Client => _kernel.Client;

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Interrupt_cancels_the_cell_and_the_next_one_works()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("display(\"running\"); await Task.Delay(-1, Interrupt.Token);"));
        AwaitDisplay("running");
        var asked = Client.Send("interrupt_request", port: KernelPort.Control);
        Assert.Equal("ok",
            (string?)Client.Receive(KernelPort.Control, message => message.ParentHeader.Text("msg_id") == asked.Id).Content["status"]);
        var error = Client.Await(request).Of("error").Single();
        Assert.Equal("Interrupted", (string?)error["ename"]);
        Assert.Equal("3", Value(Client.Execute("1 + 2")));
    }

    [Fact]
    public void A_blocked_cell_leaves_the_kernel_answering()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("display(\"running\"); Gate.Wait(); \"done\""));
        AwaitDisplay("running");
        Assert.NotNull(Client.Request("kernel_info_request").Reply);
        Assert.Equal("""["WriteLine"]""", Client.Request("complete_request", new JsonObject
        {
            ["code"] = "Console.WriteL",
            ["cursor_pos"] = 14,
        }).Reply!.Content["matches"]!.ToJsonString());
        Assert.True(Client.Beat([7]));
        Gate.Open();
        Assert.Equal("done", Value(Client.Await(request)));
    }

    [Fact]
    public void A_client_that_looks_at_the_latest_state_sees_that_a_cell_runs()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("display(\"running\"); Gate.Wait();"));
        AwaitDisplay("running");
        var asked = Client.Request("kernel_info_request");
        Assert.Equal(["busy", "idle"], asked.Of("status").Select(status => (string?)status["execution_state"]));
        var latest = Client.Receive(KernelPort.Iopub, message => message.Type == "status");
        Assert.Equal(("busy", request.Id), ((string?)latest.Content["execution_state"], latest.ParentHeader.Text("msg_id")));
        Gate.Open();
        Client.Await(request);
    }

    [Fact]
    public void A_cell_that_does_not_stop_is_told_of_after_ten_seconds()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("display(\"running\"); Gate.Wait();"));
        AwaitDisplay("running");
        Client.Request("interrupt_request", port: KernelPort.Control);
        _time.Advance(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(1)); // the text waits a moment for more
        var told = Client.Receive(KernelPort.Iopub, message => message.Type == "stream");
        Assert.Contains("Restart the kernel to end it", (string?)told.Content["text"], StringComparison.Ordinal);
        Gate.Open();
        Client.Await(request);
    }

    [Fact]
    public void A_cell_that_awaits_without_looking_at_the_token_is_left_behind_after_a_second()
    {
        Client.Execute("var kept = 5;");
        const string Code = "display(\"running\"); await Gate.WaitAsync(); kept = 6; display(\"late\"); var lost = 1;";
        var request = Client.Send("execute_request", KernelClient.Cell(Code));
        AwaitDisplay("running");
        Client.Request("interrupt_request", port: KernelPort.Control);
        _time.Advance(TimeSpan.FromSeconds(1));
        var error = Client.Await(request).Of("error").Single();
        Assert.Equal("Interrupted", (string?)error["ename"]);
        Assert.Contains("it was left behind", error["traceback"]![1]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("5", Value(Client.Execute("kept")));
        Assert.Equal("CompilationError", (string?)Client.Execute("lost").Of("error").Single()["ename"]);
        Gate.Open(); // it runs on, and what it shows is its own
        var late = Client.Receive(KernelPort.Iopub, message => message.Type == "display_data");
        Assert.Equal((request.Id, "late"), (late.ParentHeader.Text("msg_id"), (string?)late.Content["data"]!["text/plain"]));
    }

    [Fact]
    public void A_cell_that_knows_its_token_has_its_time_until_a_second_interrupt()
    {
        const string Code = "var token = Interrupt.Token; display(\"running\"); await Gate.WaitAsync();";
        var request = Client.Send("execute_request", KernelClient.Cell(Code));
        AwaitDisplay("running");
        SpinWait.SpinUntil(() => CellRun.Current!.IsAwaiting); // it may still be on its way to the gate
        Client.Request("interrupt_request", port: KernelPort.Control);
        _time.Advance(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(1)); // the text waits a moment for more
        var hint = Client.Receive(KernelPort.Iopub, message => message.Type == "stream");
        Assert.Contains("Interrupt it once more", (string?)hint.Content["text"], StringComparison.Ordinal);
        Client.Send("interrupt_request", port: KernelPort.Control); // waiting for its reply could drop the cell's error
        Assert.Equal("Interrupted", (string?)Client.Await(request).Of("error").Single()["ename"]);
        Assert.Equal("3", Value(Client.Execute("1 + 2")));
    }

    [Fact]
    public void Output_streams_while_the_cell_runs()
    {
        var request = Client.Send("execute_request",
            KernelClient.Cell("Console.Write(\"first\"); Console.Out.Flush(); Gate.Wait(); Console.Write(\"second\");"));
        Assert.Equal("first", (string?)Client.Receive(KernelPort.Iopub, message => message.Type == "stream").Content["text"]);
        Gate.Open();
        Assert.Equal("second", Client.Await(request).Stream());
    }

    [Fact]
    public void Output_of_a_thread_goes_to_the_cell_that_started_it()
    {
        var first = Client.Send("execute_request", KernelClient.Cell("var late = new System.Threading.Thread(() => { Gate.Wait(); " +
            "Console.WriteLine(\"late\"); display(\"shown late\"); }); late.Start();"));
        Client.Await(first);
        var second = Client.Execute("Gate.Open(); late.Join(); Console.WriteLine(\"mine\");");
        Assert.Equal("mine\n", second.Stream());
        Assert.Empty(second.Of("display_data"));
    }

    [Fact]
    public void What_a_thread_shows_after_the_cell_is_sent_with_the_cells_name()
    {
        var first = Client.Send("execute_request",
            KernelClient.Cell("var place = display(\"a\"); var late = Task.Run(() => { Gate.Wait(); place.Update(\"b\"); });"));
        Client.Await(first);
        Gate.Open();
        var update = Client.Receive(KernelPort.Iopub, message => message.Type == "update_display_data");
        Assert.Equal((first.Id, "b"), (update.ParentHeader.Text("msg_id"), (string?)update.Content["data"]!["text/plain"]));
    }

    private void AwaitDisplay(string text) =>
        Client.Receive(KernelPort.Iopub,
            message => message.Type == "display_data" && (string?)message.Content["data"]!["text/plain"] == text);

    private static string? Value(Exchange cell) => (string?)cell.Of("execute_result").Single()["data"]!["text/plain"];
}
