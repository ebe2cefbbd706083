using System;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Wire;
using WanLab.Models;
using WanLab.Notebooks;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Jupyter.Tests.CSharp;

public class InterpreterTests : SessionTest
{
    [Fact]
    public async Task Cells_build_on_each_other()
    {
        await RunAsync("record Point(int X, int Y);\nint Twice(int n) => 2 * n;");
        await RunAsync("var point = new Point(1, Twice(4));");
        Assert.Equal("8", (await RunAsync("point.Y")).Text);
    }

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("int.Parse(\"1\");", null)]
    [InlineData("await Task.FromResult(3)", "3")]
    [InlineData("\"text\"", "text")]
    [InlineData("true", "True")]
    [InlineData("0.1", "0.1")]
    [InlineData("(string?)null", null)]
    [InlineData("display(1)", null)]
    [InlineData("new[] { 1, 2 }.Select(n => n * 2).ToArray()", "[ 2, 4 ]")]
    public async Task The_value_of_the_last_expression_is_shown(string code, string? expected) =>
        Assert.Equal(expected, (await RunAsync(code)).Text?.Replace("System.Int32", "", StringComparison.Ordinal).Trim());

    [Fact]
    public async Task WanLabs_names_need_no_prefix() =>
        Assert.Equal(
            "WanLab.Training.TrainingJob WanLab.Runs.RunFolder WanLab.Torch.Tensor",
            (await RunAsync("$\"{typeof(TrainingJob)} {typeof(RunFolder)} {typeof(Tensor)}\"")).Text);

    [Fact]
    public async Task Displays_have_the_forms_asked_for()
    {
        var shown = await RunAsync("display(HTML(\"<b>x</b>\")); display(5, \"text/html\", \"application/json\"); " +
            "\"# t\".DisplayAs(\"text/markdown\").Update(\"# u\"); new[] { 1 }.Display(\"text/plain\"); CSS(\"b {}\"); " +
            "Javascript(\"f()\");");
        Assert.Null(shown.Error);
        Assert.Equal(
            ["text/html+text/plain", "text/html+application/json+text/plain", "text/plain+text/markdown", "text/plain+text/markdown",
                "text/plain", "text/html+text/plain", "text/html+text/plain"],
            shown.Displays.Select(data => string.Join('+', data.Forms.Keys)));
        Assert.Equal("# u", shown.Displays[3].Forms["text/markdown"]);
        Assert.Equal("<style>b {}</style>", shown.Displays[5].Forms["text/html"]);
        Assert.Equal("<script type=\"text/javascript\">f()</script>", shown.Displays[6].Forms["text/html"]);
    }

    [Fact]
    public async Task JSON_is_a_value_in_messages_and_files()
    {
        var data = (await RunAsync("\"{\\\"a\\\": [1, 2]}\".DisplayAs(\"application/vnd.plotly.v1+json\");")).Displays.Single();
        Assert.Equal("""{"a":[1,2]}""", data.ToJson()["application/vnd.plotly.v1+json"]!.ToJsonString());
    }

    [Fact]
    public async Task A_type_shows_itself_by_the_formatter_convention()
    {
        await RunAsync("""
            [AttributeUsage(AttributeTargets.Class)]
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type source) => FormatterSourceType = source;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            public class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new Both("text/html"), new Both("text/plain") }; }
            public class Both
            {
                public Both(string mimeType) => MimeType = mimeType;
                public string MimeType { get; }
                public bool Format(object value, System.IO.TextWriter writer) { writer.Write($"{MimeType} of {((Shape)value).Sides}"); return true; }
            }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html", "text/plain" })]
            public class Shape { public int Sides = 4; }
            """);
        var shown = await RunAsync("new Shape()");
        Assert.Equal("text/html of 4", shown.Value!.Forms["text/html"]);
        Assert.Equal("text/plain of 4", shown.Value.Forms["text/plain"]);
    }

    [Fact]
    public async Task An_error_names_lines_of_the_cells_and_what_was_called()
    {
        await RunAsync("int Half(int n)\n{\n    return 100 / (n - n);\n}");
        var error = (await RunAsync("\nvar list = new List<int>();\nHalf(4)")).Error!;
        Assert.Equal(["System.DivideByZeroException: Attempted to divide by zero.", "    at cell 1 line 3", "    at cell 2 line 3"],
            error.Traceback);
        var inside = (await RunAsync("new List<int>().Select(n => n).First()")).Error!;
        Assert.Contains("    in System.Linq.Enumerable.First", inside.Traceback);
        Assert.DoesNotContain(inside.Traceback, line => line.Contains("Roslyn", StringComparison.Ordinal)
            || line.Contains("WanLab.Jupyter", StringComparison.Ordinal)
            || line.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_users_mistake_is_told_by_its_message_alone() =>
        Assert.Equal(["no clips in there", "    at cell 1 line 1"],
            (await RunAsync("throw new WanLabException(\"no clips in there\");")).Error!.Traceback);

    [Fact]
    public async Task Errors_are_red_where_they_are_shown_and_the_code_is_not()
    {
        var error = (await RunAsync("int b = \"text\";")).Error!;
        var line = (string)error.ToJson()["traceback"]![0]!;
        Assert.StartsWith("\e[31mcell 1 line 1, column 9: error CS0029", line, StringComparison.Ordinal);
        Assert.EndsWith("'int'\e[0m\n    int b = \"text\";\n            ^^^^^^", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lab.Jbo(\"x.yaml\")", "did you mean 'Job'?")]
    [InlineData("var figure = 1;\nfigur + 1", "did you mean 'figure'?")]
    [InlineData("\"text\".Lengthe", "did you mean 'Length'?")]
    [InlineData("[1, 2, 3]", "new[] { 1, 2, 3 }")]
    public async Task A_name_that_is_nearly_right_is_suggested(string code, string hint) =>
        Assert.Contains(hint, (await RunAsync(code)).Error!.Traceback[0].Split('\n')[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("qqqqzzzz")]
    [InlineData("x + 1")]
    [InlineData("foo")]
    [InlineData("df.Head()")]
    public async Task A_name_like_no_other_and_a_very_short_one_get_no_suggestion(string code) =>
        Assert.DoesNotContain("did you mean", (await RunAsync(code)).Error!.Traceback[0], StringComparison.Ordinal);

    [Fact]
    public async Task A_jobs_errors_are_shown_as_a_card_and_the_error_is_one_line()
    {
        Folder.Write("job.yaml", "job: { name: a, colour: red }\n");
        var run = await RunAsync("Lab.Job(\"job.yaml\", \"training.stps=5\")");
        var card = Assert.Single(run.Displays).Forms["text/plain"];
        Assert.Contains("colour", card, StringComparison.Ordinal);
        Assert.Contains("setting", card, StringComparison.Ordinal);
        Assert.DoesNotContain("--set", card, StringComparison.Ordinal);
        var traceback = run.Error!.ToJson()["traceback"]!.AsArray().Select(line => (string)line!).ToList();
        Assert.Equal(["\e[31mjob.yaml has 3 errors (see above).\e[0m", "    at cell 1 line 1"], traceback);
        Assert.Contains("colour", run.Error.Message, StringComparison.Ordinal); // whoever catches it gets all
    }

    [Fact]
    public void Where_no_card_is_shown_the_error_says_all()
    {
        Folder.Write("job.yaml", "job: { name: a, colour: red }\n");
        var mistake = Assert.Throws<WanLabException>(() => Lab.Job("job.yaml"));
        foreach (var error in (CellError[])[ErrorText.OfHandler(mistake), ErrorText.OfThread(mistake)])
        {
            var text = error.ToJson()["traceback"]!.ToJsonString();
            Assert.Contains("colour", text, StringComparison.Ordinal);
            Assert.DoesNotContain("see above", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_can_be_awaited_is_shown_as_it_is_without_a_warning()
    {
        var run = await RunAsync("Task Ready() => Task.CompletedTask;\nasync Task Other() { Ready(); }\nReady()");
        Assert.NotNull(run.Value);
        Assert.Contains("line 2", run.Errors, StringComparison.Ordinal); // there it may be a mistake
        Assert.DoesNotContain("line 3", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_does_not_compile_is_shown_with_the_place()
    {
        var error = (await RunAsync("var a = 1;\nint b = \"text\";\nc();")).Error!;
        Assert.Equal("CompilationError", error.Name);
        Assert.Equal("cell 1 line 2, column 9: error CS0029: Cannot implicitly convert type 'string' to 'int'\n    int b = \"text\";\n" +
            "            ^^^^^^", error.Traceback[0]);
        Assert.StartsWith("cell 1 line 3, column 1: error CS0103", error.Traceback[1], StringComparison.Ordinal);
        Assert.NotNull((await RunAsync("a")).Error);
    }

    [Fact]
    public async Task An_error_without_a_place_is_left_out_where_another_has_one()
    {
        var error = (await RunAsync("static class Text { extension(string s) { } }\nc();")).Error!;
        Assert.All(error.Traceback, line => Assert.StartsWith("cell 1 line ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Variables_survive_the_error_of_their_cell()
    {
        await RunAsync("var before = 7;\nthrow new Exception();");
        Assert.Equal("7", (await RunAsync("before")).Text);
    }

    [Fact]
    public async Task Warnings_are_told_and_the_cell_runs()
    {
        var shown = await RunAsync("#warning mind the step\n5");
        Assert.Equal("5", shown.Text);
        Assert.Contains("warning CS1030: #warning: 'mind the step'", shown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_can_be_interrupted_before_and_while_it_runs()
    {
        using var source = new CancellationTokenSource();
        var running = RunAsync("Console.WriteLine(Interrupt.Token.CanBeCanceled); await Task.Delay(-1, Interrupt.Token);", source.Token);
        await source.CancelAsync();
        Assert.Equal(("Interrupted", "The cell was interrupted."), ((await running).Error!.Name, (await running).Error!.Message));
        Assert.Equal("Interrupted", (await RunAsync("1", source.Token)).Error!.Name);
    }

    [Fact]
    public async Task Who_is_a_table_of_variables()
    {
        Assert.Equal("There are no variables yet.", (await RunAsync("#!who")).Displays.Single().Forms["text/plain"]);
        await RunAsync("var list = new List<int> { 1 }; var name = \"x\";");
        await RunAsync("var name = \"<y>\";");
        foreach (var magic in (string[])["#!who", "#!whos", "%who", "%whos"])
        {
            var table = (await RunAsync(magic)).Displays.Single().Forms;
            Assert.Equal("name  type         value\nlist  List<Int32>  [ 1 ]\nname  String       <y>", table["text/plain"]);
            Assert.Contains(">&lt;y&gt;</td></tr>", table["text/html"]);
        }
        Assert.Equal("1", (await RunAsync("var who = 2;\n3\n%who")).Text); // a remainder
    }

    [Fact]
    public async Task Time_is_told_behind_the_value()
    {
        var shown = await RunAsync("#!time\n1");
        Assert.Equal(("1", "Wall time: 0.0 ms\n"), (shown.Text, shown.Out));
    }

    [Fact]
    public async Task Markup_magics_show_the_lines_under_them()
    {
        var shown = await RunAsync("#!markdown\n# Title\n#!html\n<b>x</b>\n#!csharp\n1");
        Assert.Equal(["# Title\n", "<b>x</b>\n"], shown.Displays.Select(data => data.Forms.Values.Last()));
        Assert.Equal("1", shown.Text);
    }

    [Theory]
    [InlineData("#!pwsh\nls", "#!pwsh is not known here")]
    [InlineData("#r \"no/such.dll\"", "there is no assembly at")]
    [InlineData("#r \"nuget: \"", "names no package")]
    [InlineData("#i \"feed\"", "only #i \"nuget: SOURCE\" is known")]
    [InlineData("#!import nowhere.csx", "there is no such file")]
    [InlineData("#!import WanLab.sln", "there is no such file")]
    [InlineData("Console.Read()", "has no keyboard to read single keys from")]
    public async Task What_is_not_there_is_said(string code, string expected) =>
        Assert.Contains(expected, (await RunAsync(code)).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Lines_typed_are_read_from_the_user() =>
        Assert.Equal("answer", (await RunAsync("Console.ReadLine()")).Text);

    [Fact]
    public async Task A_cell_that_redirects_the_console_does_so_for_itself_alone()
    {
        Assert.Equal("",
            (await RunAsync(
                "Console.SetOut(new System.IO.StringWriter()); Console.InputEncoding = Encoding.UTF8; Console.Write(\"kept\");")).Out);
        Assert.Equal("shown", (await RunAsync("Console.Write(\"shown\");")).Out);
        Assert.Equal("answer", (await RunAsync("Console.ReadLine()")).Text);
    }

    [Fact]
    public async Task Scripts_and_notebooks_are_run_as_if_they_stood_there()
    {
        Folder.Write("lib.csx", "#r \"System.Net.Http\"\nint Three() => 3;\nvar client = typeof(System.Net.Http.HttpClient);");
        Folder.Write("setup.ipynb", NotebookJson.Of("#load \"lib.csx\"", "var nine = Three() * Three(); nine"));
        var imported = await RunAsync("#!import setup.ipynb");
        Assert.Null(imported.Error);
        Assert.Null(imported.Value);
        Assert.Equal("9", (await RunAsync("nine")).Text);
    }

    [Fact]
    public async Task The_setup_file_for_other_kernels_does_no_harm_here()
    {
        var text = SetupFile.Text();
        Folder.Write("wanlab.dib", "#!meta\n{\"kernelInfo\":{}}\n\n" + text);
        Assert.Null((await RunAsync("#!import wanlab.dib")).Error);
        Assert.Equal("TrainingJob", (await RunAsync("typeof(TrainingJob).Name")).Text);
        Assert.Contains("WanLab.Notebooks.dll\"\n", text, StringComparison.Ordinal);
        Assert.Contains("MathNet.Numerics.dll\"\n", text, StringComparison.Ordinal);
        Assert.All(PlatformReferences.OurNamespaces, name => Assert.Contains($"using {name};\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Libraries_that_lie_next_to_the_kernel_are_used_by_their_names()
    {
        var pivot = await RunAsync("""
            #r "Deedle"
            using Deedle;
            record Made(int Rank, string Rate, double Loss);
            var made = Frame.FromRecords(new[] { new Made(4, "5e-4", 0.5), new Made(4, "2e-3", 0.25), new Made(16, "5e-4", 0.125) });
            made.PivotTable<int, string, int, string, double>("Rank", "Rate", f => f.GetColumn<double>("Loss").Mean())
            """);
        var header = pivot.Text!.Split('\n')[0];
        Assert.Equal(["5e-4", "2e-3"], header.Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("0.125", pivot.Text, StringComparison.Ordinal);
        Assert.Contains("<table", pivot.Value!.Forms["text/html"], StringComparison.Ordinal);
        var chart = await RunAsync("""
            #r "WanLab.Notebooks.Plotly"
            using WanLab.Notebooks.Plotly;
            new LineFigure { Title = "t", Lines = [new Line("a", [1, 2], [3, 4], "#000000")] }.ToChart()
            """);
        Assert.Equal("chart of Plotly.NET: 1 trace (scatter)", chart.Text!.Trim());
    }

    [Fact]
    public async Task An_error_in_an_imported_file_names_it()
    {
        Folder.Write("bad.csx", "var a = 1;\nthrow new Exception(\"in there\");");
        Assert.Equal(["System.Exception: in there", "    at cell 1 > bad.csx line 2"],
            (await RunAsync("#load \"bad.csx\"\n1")).Error!.Traceback);
    }
}
