using System.Text.Json.Nodes;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Serving;

public sealed class KernelServerTests : IDisposable
{
    private readonly ServedKernel _kernel = new();

    private KernelClient Client => _kernel.Client;

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void The_kernel_says_what_it_is_on_both_channels()
    {
        foreach (var port in (KernelPort[])[KernelPort.Shell, KernelPort.Control])
        {
            var content = Client.Request("kernel_info_request", port: port).Reply!.Content;
            Assert.Equal(("ok", "5.4", "C#", ".cs"), ((string?)content["status"], (string?)content["protocol_version"],
                (string?)content["language_info"]!["name"], (string?)content["language_info"]!["file_extension"]));
        }
    }

    [Fact]
    public void A_cell_is_told_in_the_order_of_the_protocol()
    {
        var cell = Client.Execute("Console.WriteLine(\"a\"); display(\"b\"); Console.Write(\"c\"); 1 + 1");
        Assert.Equal(["status", "execute_input", "stream", "display_data", "stream", "execute_result", "status"],
            cell.Published.Select(message => message.Type));
        Assert.Equal(["busy", "idle"], cell.Of("status").Select(status => (string?)status["execution_state"]));
        Assert.Equal("a\nc", cell.Stream());
        Assert.Equal("2", (string?)cell.Of("execute_result").Single()["data"]!["text/plain"]);
        Assert.Equal(("ok", 1), ((string?)cell.Reply!.Content["status"], (int)cell.Reply.Content["execution_count"]!));
    }

    [Fact]
    public void Every_message_names_its_request()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("1"));
        Assert.All(Client.Await(request).Published,
            message => Assert.Equal(request.Header.ToJsonString(), message.ParentHeader.ToJsonString()));
    }

    [Fact]
    public void Silent_cells_publish_states_alone_and_do_not_count()
    {
        Client.Execute("var a = 1;");
        var silent = Client.Execute("Console.WriteLine(\"unheard\"); a = 5; a", silent: true);
        Assert.Equal(["status", "status"], silent.Published.Select(message => message.Type));
        Assert.Equal(1, (int)silent.Reply!.Content["execution_count"]!);
        var next = Client.Execute("a");
        Assert.Equal(2, (int)next.Reply!.Content["execution_count"]!);
        Assert.Equal("5", (string?)next.Of("execute_result").Single()["data"]!["text/plain"]);
    }

    [Fact]
    public void User_expressions_are_evaluated_after_the_cell()
    {
        var cell = KernelClient.Cell("var a = 20;");
        cell["user_expressions"] = new JsonObject { ["twice"] = "a * 2", ["wrong"] = "b" };
        var results = Client.Request("execute_request", cell).Reply!.Content["user_expressions"]!;
        Assert.Equal("40", (string?)results["twice"]!["data"]!["text/plain"]);
        Assert.Equal(("error", "CompilationError"), ((string?)results["wrong"]!["status"], (string?)results["wrong"]!["ename"]));
    }

    [Fact]
    public void A_value_shown_is_changed_in_its_place()
    {
        var shown = Client.Execute("var place = display(1);");
        var changed = Client.Execute("place.Update(2);");
        var id = (string?)shown.Of("display_data").Single()["transient"]!["display_id"];
        var update = changed.Of("update_display_data").Single();
        Assert.Equal(id, (string?)update["transient"]!["display_id"]);
        Assert.Equal("2", (string?)update["data"]!["text/plain"]);
        Assert.Empty(changed.Of("display_data"));
        Assert.Empty(Client.Execute("place").Of("execute_result"));
    }

    [Fact]
    public void An_error_is_one_message_with_the_cells_line()
    {
        var cell = Client.Execute("var a = 1;\n\nthrow new InvalidOperationException(\"no\");");
        var error = cell.Of("error").Single();
        Assert.Equal(("InvalidOperationException", "no"), ((string?)error["ename"], (string?)error["evalue"]));
        Assert.Equal(["\e[31mSystem.InvalidOperationException: no\e[0m", "    at cell 1 line 3"],
            error["traceback"]!.AsArray().Select(line => (string)line!));
        Assert.Equal("error", (string?)cell.Reply!.Content["status"]);
    }

    [Fact]
    public void After_an_error_the_cells_that_wait_are_not_run()
    {
        var first = Client.Send("execute_request", KernelClient.Cell("throw new Exception();"));
        var second = Client.Send("execute_request", KernelClient.Cell("var second = 1;"));
        Assert.Equal("error", (string?)Client.Await(first).Reply!.Content["status"]);
        Assert.Equal("aborted", (string?)Client.Await(second).Reply!.Content["status"]);
        Assert.Equal("ok", (string?)Client.Execute("1").Reply!.Content["status"]);
        Assert.Equal("error", (string?)Client.Execute("second").Reply!.Content["status"]);
    }

    [Fact]
    public void A_client_can_have_the_cells_behind_an_error_run()
    {
        var first = Client.Send("execute_request", KernelClient.Cell("throw new Exception();", stopOnError: false));
        var second = Client.Send("execute_request", KernelClient.Cell("1"));
        Client.Await(first);
        Assert.Equal("ok", (string?)Client.Await(second).Reply!.Content["status"]);
    }

    [Fact]
    public void A_cell_asks_the_user()
    {
        var request = Client.Send("execute_request",
            KernelClient.Cell("var name = await GetInputAsync(\"Who?\"); $\"Hello {name}, {Console.ReadLine()}\"", allowStdin: true));
        var question = Client.Receive(KernelPort.Stdin, message => message.Type == "input_request");
        Assert.Equal(("Who?", false), ((string?)question.Content["prompt"], (bool)question.Content["password"]!));
        Client.Send("input_reply", new JsonObject { ["value"] = "Ada" }, KernelPort.Stdin);
        Client.Receive(KernelPort.Stdin, message => message.Type == "input_request");
        Client.Send("input_reply", new JsonObject { ["value"] = "bye" }, KernelPort.Stdin);
        Assert.Equal("Hello Ada, bye", (string?)Client.Await(request).Of("execute_result").Single()["data"]!["text/plain"]);
    }

    [Fact]
    public void A_password_is_asked_for_as_such()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("(await GetPasswordAsync(\"Key\")).Length", allowStdin: true));
        Assert.True((bool)Client.Receive(KernelPort.Stdin, message => message.Type == "input_request").Content["password"]!);
        Client.Send("input_reply", new JsonObject { ["value"] = "1234" }, KernelPort.Stdin);
        Assert.Equal("4", (string?)Client.Await(request).Of("execute_result").Single()["data"]!["text/plain"]);
    }

    [Fact]
    public void Without_a_user_a_question_is_an_error()
    {
        var error = Client.Execute("await GetInputAsync(\"Who?\")").Of("error").Single();
        Assert.Contains("nobody can answer", (string?)error["evalue"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_can_be_interrupted()
    {
        var request = Client.Send("execute_request", KernelClient.Cell("await GetInputAsync(\"Who?\")", allowStdin: true));
        Client.Receive(KernelPort.Stdin, message => message.Type == "input_request");
        Client.Send("interrupt_request", port: KernelPort.Control);
        Assert.Equal("Interrupted", (string?)Client.Await(request).Of("error").Single()["ename"]);
    }

    [Fact]
    public void Completion_and_help_know_the_cells_before()
    {
        Client.Execute("/// <summary>How far.</summary>\nint DistanceTravelled = 3;");
        var completion =
            Client.Request("complete_request", new JsonObject { ["code"] = "\"😀\" + DistanceTr", ["cursor_pos"] = 16 }).Reply!.Content;
        Assert.Equal("""["DistanceTravelled"]""", completion["matches"]!.ToJsonString());
        Assert.Equal((6, 16), ((int)completion["cursor_start"]!, (int)completion["cursor_end"]!));
        var help = Client.Request("inspect_request", new JsonObject
        {
            ["code"] = "Console.WriteLine",
            ["cursor_pos"] = 10,
            ["detail_level"] = 0,
        }).Reply!.Content;
        Assert.True((bool)help["found"]!);
        Assert.Contains("Writes the current line terminator to the standard output stream.", (string?)help["data"]!["text/plain"],
            StringComparison.Ordinal);
        Assert.False(
            (bool)Client.Request("inspect_request", new JsonObject { ["code"] = "   ", ["cursor_pos"] = 1 }).Reply!.Content["found"]!);
    }

    [Fact]
    public void WanLabs_own_names_are_documented()
    {
        var help = Client.Request("inspect_request", new JsonObject { ["code"] = "Interrupt.Token", ["cursor_pos"] = 13 }).Reply!.Content;
        Assert.Contains("The token of the work that this code belongs to", (string?)help["data"]!["text/plain"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("for (var k = 0; k < 3; k++)\n{", "incomplete")]
    [InlineData("var = ;", "invalid")]
    public void A_client_can_ask_if_code_is_complete(string code, string status) =>
        Assert.Equal(status, (string?)Client.Request("is_complete_request", new JsonObject { ["code"] = code }).Reply!.Content["status"]);

    [Fact]
    public void Comms_are_none_and_one_that_is_opened_is_closed()
    {
        Assert.Equal("{}", Client.Request("comm_info_request").Reply!.Content["comms"]!.ToJsonString());
        var opened = Client.Request("comm_open",
            new JsonObject { ["comm_id"] = "c1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        Assert.Equal("c1", (string?)opened.Of("comm_close").Single()["comm_id"]);
    }

    [Fact]
    public void An_unknown_message_gets_its_states_and_no_more() =>
        Assert.Equal(["status", "status"],
            Client.Request("comm_msg", new JsonObject { ["comm_id"] = "c1" }).Published.Select(message => message.Type));

    [Fact]
    public void The_heart_beats() => Assert.True(Client.Beat([1, 2, 3]));

    [Fact]
    public async Task Shutdown_is_confirmed_and_remembers_what_is_to_follow()
    {
        var reply = Client.Request("shutdown_request", new JsonObject { ["restart"] = true }, KernelPort.Control);
        Assert.True((bool)reply.Reply!.Content["restart"]!);
        Assert.Single(reply.Of("shutdown_reply"));
        Assert.True(await _kernel.Server.Shutdown);
    }

    [Fact]
    public void Help_is_a_page_beside_the_notebook()
    {
        var page = Client.Execute("#!help").Reply!.Content["payload"]!.AsArray().Single()!;
        Assert.Equal("page", (string?)page["source"]);
        Assert.Contains("#!time", (string?)page["data"]!["text/plain"], StringComparison.Ordinal);
    }
}
