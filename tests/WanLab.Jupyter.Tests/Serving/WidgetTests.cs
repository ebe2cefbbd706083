using System.Text.Json.Nodes;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>Jupyter's widgets protocol, message by message.</summary>
public sealed class WidgetTests : IDisposable
{
    private const string View = "application/vnd.jupyter.widget-view+json";
    private readonly ServedKernel _kernel = new();

    private KernelClient Client => _kernel.Client;

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_widget_and_what_it_refers_to_are_opened_before_it_is_shown()
    {
        var shown = Client.Execute("new Button(\"Go\")");
        string[] types = [.. shown.Published.Select(message => message.Type).Where(type => type is "comm_open" or "execute_result")];
        Assert.Equal(["comm_open", "comm_open", "comm_open", "execute_result"], types);
        var opened = shown.Published.Where(message => message.Type == "comm_open").ToList();
        Assert.All(opened, message => Assert.Equal("2.1.0", message.Metadata.Text("version")));
        Assert.All(opened, message => Assert.Equal("jupyter.widget", message.Content.Text("target_name")));
        Assert.All(opened, message => Assert.Equal("[]", message.Content["data"]!["buffer_paths"]!.ToJsonString()));
        string[] models = [.. opened.Select(message => $"{message.Content["data"]!["state"]!["_model_name"]}")];
        Assert.Equal(["LayoutModel", "ButtonStyleModel", "ButtonModel"], models);
        var state = opened[2].Content["data"]!["state"]!;
        Assert.Equal(["Go", "IPY_MODEL_" + Id(opened[0]), "IPY_MODEL_" + Id(opened[1]), "@jupyter-widgets/controls"],
            [$"{state["description"]}", $"{state["layout"]}", $"{state["style"]}", $"{state["_model_module"]}"]);
        var data = shown.Of("execute_result").Single()["data"]!;
        Assert.Equal([Id(opened[2]), "2", "0"],
            [$"{data[View]!["model_id"]}", $"{data[View]!["version_major"]}", $"{data[View]!["version_minor"]}"]);
        Assert.Equal("[Go]", (string?)data["text/plain"]);
        Assert.Contains("[Go]", (string?)data["text/html"]);
    }

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "new FloatSlider(\"rate\", 0.5, 0, 1)", "FloatSliderModel", "rate: 0.5" },
        { "new IntSlider(\"rank\", 16, 1, 64)", "IntSliderModel", "rank: 16" },
        { "new Dropdown(\"bias\", [\"low\", \"high\"], \"high\")", "DropdownModel", "bias: high" },
        { "new Checkbox(\"DOP\", true)", "CheckboxModel", "[x] DOP" },
        { "new Text(\"name\", \"orbit\")", "TextModel", "name: orbit" },
        { "new Markup(\"<b>bold</b> &amp; plain\")", "HTMLModel", "bold & plain" },
        { "new Output()", "OutputModel", "" },
        { "new HBox(new Button(\"a\"), new Button(\"b\"))", "HBoxModel", "[a]  [b]" },
        { "new VBox(new Button(\"a\"), new Button(\"b\"))", "VBoxModel", "[a]\n[b]" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_widget_is_opened_and_has_a_text(string code, string model, string text)
    {
        var shown = Client.Execute(code);
        var opened = shown.Published.Where(message => message.Type == "comm_open").ToList();
        Assert.Equal(model, (string?)opened[^1].Content["data"]!["state"]!["_model_name"]);
        Assert.Equal(text, (string?)shown.Of("execute_result").Single()["data"]!["text/plain"]);
        // Whatever a state refers to was opened before.
        var known = new HashSet<string>();
        foreach (var message in opened)
        {
            var state = message.Content["data"]!["state"]!.ToJsonString();
            Assert.All(System.Text.RegularExpressions.Regex.Matches(state, "IPY_MODEL_([0-9a-f]+)"),
                match => Assert.Contains(match.Groups[1].Value, known));
            known.Add(Id(message));
        }
    }

    [Fact]
    public void A_press_is_answered_while_a_cell_computes()
    {
        Gate.Close();
        var button = Shown("var presses = 0; var button = new Button(\"Go\"); "
            + "button.OnClick(() => Console.WriteLine($\"press {++presses}\")); button");
        var busy = Client.Send("execute_request", KernelClient.Cell(Gate.Reference + "display(\"computes\"); Gate.Wait();"));
        Client.Receive(KernelPort.Iopub, message => message.Type == "display_data");
        Press(button);
        Assert.Equal("press 1\n", Streamed().Content.Text("text"));
        Press(button);
        Assert.Equal("press 2\n", Streamed().Content.Text("text"));
        Gate.Open();
        Assert.Equal("ok", Client.Await(busy).Reply!.Content.Text("status"));
    }

    [Fact]
    public void A_handler_that_waits_keeps_only_its_own_button_waiting()
    {
        Gate.Close();
        Client.Execute(Gate.Reference + "display(1);");
        var slow = Shown("var slow = new Button(\"slow\"); "
            + "slow.OnClick(async () => { Console.WriteLine(\"waits\"); await Gate.WaitAsync(); Console.WriteLine(\"done\"); }); slow");
        var quick = Shown("var quick = new Button(\"quick\"); quick.OnClick(() => Console.WriteLine(\"quick\")); quick");
        Press(slow);
        Assert.Equal("waits\n", Streamed().Content.Text("text"));
        Press(slow);
        Press(quick);
        Assert.Equal("quick\n", Streamed().Content.Text("text"));
        Gate.Open();
        // Whether as one message or as two: the second press begins when the first is done.
        var text = "";
        while (text.Length < "done\nwaits\n".Length) text += Streamed().Content.Text("text");
        Assert.Equal("done\nwaits\n", text);
        Gate.Open();
    }

    [Fact]
    public void What_a_handler_throws_is_shown_and_the_next_press_works()
    {
        var button = Shown("var n = 0; var button = new Button(\"Go\"); "
            + "button.OnClick(() => { if (++n == 1) throw new WanLabException(\"no such run\"); display($\"press {n}\"); }); button");
        Press(button);
        var error = Client.Receive(KernelPort.Iopub, message => message.Type == "error").Content;
        Assert.Equal("no such run", error.Text("evalue"));
        Press(button);
        var shown = Client.Receive(KernelPort.Iopub, message => message.Type == "display_data").Content;
        Assert.Equal("press 2", (string?)shown["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":32},\"buffer_paths\":[]}", "32")]
    [InlineData("{\"method\":\"backbone\",\"sync_data\":{\"value\":8},\"buffer_keys\":[]}", "8")]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":65}}", "16")] // beyond its limit
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":\"32\"}}", "16")]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":1.5}}", "16")]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":null,\"max\":1000,\"_model_name\":\"X\"}}", "16")]
    [InlineData("{\"method\":\"update\",\"state\":[32]}", "16")]
    [InlineData("{\"method\":\"update\"}", "16")]
    [InlineData("{\"method\":7}", "16")]
    [InlineData("{\"method\":\"evil\",\"state\":{\"value\":32}}", "16")]
    [InlineData("{\"method\":\"custom\",\"content\":[]}", "16")]
    [InlineData("[]", "16")]
    [InlineData("null", "16")]
    public void A_change_is_taken_in_and_one_that_makes_no_sense_is_dropped_alone(string data, string value)
    {
        var slider = Shown("var slider = new IntSlider(\"rank\", 16, 1, 64); slider");
        Client.Request("comm_msg", new JsonObject { ["comm_id"] = slider, ["data"] = JsonNode.Parse(data) });
        Assert.Equal(value, (string?)Client.Execute("slider.Value").Of("execute_result").Single()["data"]!["text/plain"]);
        Assert.Contains("\"max\":64", State(slider).ToJsonString());
    }

    [Fact]
    public void Comm_messages_without_sense_get_no_reply_and_leave_the_kernel_alone()
    {
        string[] contents =
        [
            "{}", "{\"comm_id\":7,\"data\":{}}", "{\"comm_id\":\"\",\"data\":{}}",
            "{\"comm_id\":\"nobody\",\"data\":{\"method\":\"custom\"}}",
            "{\"comm_id\":[],\"target_name\":{}}", "{\"comm_id\":\"x\",\"target_name\":\"unknown\",\"data\":5}",
        ];
        foreach (var type in (string[])["comm_open", "comm_msg", "comm_close"])
            foreach (var content in contents) Client.Request(type, (JsonObject)JsonNode.Parse(content)!);
        Assert.Equal("2", (string?)Client.Execute("1 + 1").Of("execute_result").Single()["data"]!["text/plain"]);
        var refused = Client.Request("comm_open",
            new JsonObject { ["comm_id"] = "x", ["target_name"] = "unknown", ["data"] = new JsonObject() });
        Assert.Equal("x", refused.Of("comm_close").Single().Text("comm_id"));
    }

    [Fact]
    public void A_value_set_by_a_cell_reaches_the_page_and_calls_no_handler()
    {
        var list = Shown("var list = new Dropdown(\"bias\", [\"low\", \"high\"], \"low\"); "
            + "list.OnChange(value => Console.WriteLine($\"chose {value}\")); list");
        Client.Send("execute_request", KernelClient.Cell("list.Value = \"high\"; list.Value"));
        Assert.Equal("{\"comm_id\":\"" + list
            + "\",\"data\":{\"method\":\"update\",\"state\":{\"index\":1,\"value\":\"high\"},\"buffer_paths\":[]}}",
            Told().ToJsonString());
        Client.Request("comm_msg", Data(list, new JsonObject { ["method"] = "update", ["state"] = new JsonObject { ["index"] = 0 } }));
        Assert.Equal("chose low\n", Streamed().Content.Text("text"));
        Assert.Contains("no 'middle'; it has low, high", Client.Execute("list.Value = \"middle\";").Of("error").Single().Text("evalue"));
    }

    [Fact]
    public void A_page_that_is_opened_again_asks_for_what_there_is()
    {
        var field = Shown("var field = new Text(\"name\", \"orbit\"); field");
        var comms = Client.Request("comm_info_request", new JsonObject { ["target_name"] = "jupyter.widget" }).Reply!.Content;
        Assert.Equal(["jupyter.widget", "3"], [$"{comms["comms"]![field]!["target_name"]}", $"{comms["comms"]!.AsObject().Count}"]);
        Assert.Equal("{}", Client.Request("comm_info_request", new JsonObject { ["target_name"] = "other" })
            .Reply!.Content["comms"]!.ToJsonString());
        Assert.Equal("orbit", (string?)State(field)["value"]);

        Client.Request("comm_open",
            new JsonObject { ["comm_id"] = "c", ["target_name"] = "jupyter.widget.control", ["data"] = new JsonObject() });
        var all = Client.Request("comm_msg", Data("c", new JsonObject { ["method"] = "request_states" }))
            .Of("comm_msg").Single()["data"]!;
        Assert.Equal("update_states", (string?)all["method"]);
        Assert.Equal(["TextModel", "orbit"],
            [$"{all["states"]![field]!["model_name"]}", $"{all["states"]![field]!["state"]!["value"]}"]);

        Client.Request("comm_close", new JsonObject { ["comm_id"] = field, ["data"] = new JsonObject() });
        Assert.False(Client.Request("comm_info_request").Reply!.Content["comms"]!.AsObject().ContainsKey(field));
        Assert.Contains("comm_open", Client.Execute("field").Published.Select(message => message.Type)); // shown again, it is back
    }

    [Fact]
    public void A_client_of_the_first_version_is_answered_in_it()
    {
        var early = Shown("var early = new IntSlider(\"rank\", 16, 1, 64); early");
        Client.Send("comm_open",
            new JsonObject { ["comm_id"] = "v", ["target_name"] = "jupyter.widget.version", ["data"] = new JsonObject() });
        var version = Told();
        Assert.Equal(("v", "~2.1.4"), (version.Text("comm_id"), (string?)version["data"]!["version"]));
        var display = Told();
        Assert.Equal((early, "display"), (display.Text("comm_id"), (string?)display["data"]!["method"]));
        var state = State(early);
        Assert.Equal(["jupyter-js-widgets", "IntSliderModel", "16"],
            [$"{state["_model_module"]}", $"{state["_model_name"]}", $"{state["value"]}"]);

        var shown = Client.Execute("new HBox(new Output())");
        Assert.Equal("display", (string?)shown.Of("comm_msg").Single()["data"]!["method"]);
        var models = shown.Of("comm_open").Select(open => $"{open["data"]!["_model_name"]}");
        Assert.Equal(["LayoutModel", "LayoutModel", "HTMLModel", "HBoxModel"], models);
    }

    [Fact]
    public void A_widget_that_is_closed_is_forgotten_with_all_that_only_it_refers_to()
    {
        Shown("var both = new Button(\"both\"); var kept = new VBox(both); kept");
        Shown("var alone = new Button(\"alone\"); alone");
        Shown("var box = new VBox(new HBox(new Button(\"inner\")), both, alone); box");
        Assert.Equal(15, Known()); // three buttons with layout and style, three boxes with a layout
        Client.Execute("box.Close();");
        Assert.Equal(8, Known()); // kept, both and alone are still in the page
        Client.Execute("kept.Close(); alone.Close();");
        Assert.Equal(0, Known());
        Shown("box");
        Assert.Equal(13, Known());

        int Known() => Client.Request("comm_info_request").Reply!.Content["comms"]!.AsObject().Count;
    }

    [Fact]
    public void A_client_of_the_first_version_is_asked_once_for_each_widget_that_is_open()
    {
        var twice = Shown("var twice = new Button(\"twice\"); twice");
        Shown("twice");
        Shown("var gone = new Button(\"gone\"); gone");
        Client.Execute("gone.Close();");
        var closed = Shown("var closed = new Button(\"closed\"); closed");
        Client.Request("comm_close", new JsonObject { ["comm_id"] = closed, ["data"] = new JsonObject() });
        Client.Send("comm_open",
            new JsonObject { ["comm_id"] = "v", ["target_name"] = "jupyter.widget.version", ["data"] = new JsonObject() });
        Client.Send("comm_msg", Data(twice, new JsonObject { ["method"] = "request_state" }));
        Assert.Equal("v", Told().Text("comm_id"));
        var display = Told();
        Assert.Equal((twice, "display"), (display.Text("comm_id"), (string?)display["data"]!["method"]));
        Assert.Equal("update", (string?)Told()["data"]!["method"]); // the answer to the question behind it: nothing came between
    }

    [Fact]
    public void An_output_shows_tables_in_a_box_that_grows()
    {
        Shown("var place = new Output(); var box = new VBox(place); box");
        Client.Send("execute_request", KernelClient.Cell("place.Show(HTML(\"<b>now</b>\"), 42);"));
        var shown = Told()["data"]!["state"]!;
        Assert.Equal("<b>now</b>", (string?)shown["outputs"]![0]!["data"]!["text/html"]);
        Assert.Equal("<b>now</b><pre>42</pre>", (string?)shown["value"]);
        Client.Send("execute_request", KernelClient.Cell("box.Children = [place, new Button(\"more\")];"));
        var types = Enumerable.Range(0, 4).Select(_ => Client.Receive(KernelPort.Iopub, message =>
            message.Type.StartsWith("comm_", StringComparison.Ordinal)).Type);
        Assert.Equal(["comm_open", "comm_open", "comm_open", "comm_msg"], types); // the box names the button when it is there
    }

    [Fact]
    public void A_silent_cell_opens_nothing() =>
        Assert.DoesNotContain(Client.Execute("display(new Button(\"Go\"));", silent: true).Published,
            message => message.Type == "comm_open");

    [Fact]
    public void A_slider_without_sense_is_refused()
    {
        Assert.Contains("cannot show 99; it goes from 1 to 64",
            Client.Execute("new IntSlider(\"rank\", 99, 1, 64)").Of("error").Single().Text("evalue"));
        Assert.Contains("give it limits in order",
            Client.Execute("new FloatSlider(\"rate\", 0, double.NaN, 1)").Of("error").Single().Text("evalue"));
    }

    private static string Id(Message message) => message.Content.Text("comm_id")!;

    private static JsonObject Data(string id, JsonObject data) => new() { ["comm_id"] = id, ["data"] = data };

    private string Shown(string code)
    {
        var shown = Client.Execute(code);
        Assert.True(shown.Of("execute_result").Any(), string.Join('\n', shown.Of("error").Select(error => error.ToJsonString())));
        return (string)shown.Of("execute_result").Single()["data"]![View]!["model_id"]!;
    }

    private void Press(string button) => Client.Send("comm_msg",
        Data(button, new JsonObject { ["method"] = "custom", ["content"] = new JsonObject { ["event"] = "click" } }));

    private JsonObject Told() => Client.Receive(KernelPort.Iopub, message => message.Type == "comm_msg").Content;

    private Message Streamed() => Client.Receive(KernelPort.Iopub, message => message.Type == "stream");

    private JsonObject State(string widget) =>
        (JsonObject)Client.Request("comm_msg", Data(widget, new JsonObject { ["method"] = "request_state" }))
            .Of("comm_msg").Single()["data"]!["state"]!;
}
