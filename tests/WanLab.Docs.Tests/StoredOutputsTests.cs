using System.Text.Json;
using System.Xml.Linq;
using WanLab.Docs.Tests.Rules;
using WanLab.Docs.Tests.Texts;

namespace WanLab.Docs.Tests;

/// <summary>Notebooks are stored with outputs of the code that they have, which a site without scripts can show.</summary>
public sealed class StoredOutputsTests
{
    private const int MostBytes = 3_500_000;
    private const string Remedy = "'python3 tools/notebooks/store.py' runs what has changed and stores it.";

    public static TheoryData<string> Notebooks => [.. Stored];

    private static IEnumerable<string> Stored =>
        ProjectFiles.Named(".ipynb").Where(file => file.StartsWith("notebooks/", StringComparison.Ordinal)
            && !file.EndsWith("/Welcome.ipynb", StringComparison.Ordinal)); // it has no code

    private static Version Current { get; } =
        Version.Parse(XDocument.Parse(ProjectFiles.Read("Directory.Build.props")).Descendants("Version").Single().Value);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Outputs_are_of_the_code_as_it_is_and_can_be_shown_everywhere(string notebook)
    {
        var faults = StoredOutputs.Faults(ProjectFiles.Read(notebook), Current).ToList();
        Assert.True(faults.Count == 0, $"{notebook}: {string.Join("; ", faults)}. {Remedy}");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_shows_pictures(string notebook)
    {
        using var json = JsonDocument.Parse(ProjectFiles.Read(notebook));
        var pictures =
            from cell in StoredCell.Of(json.RootElement)
            from output in cell.Outputs
            from content in StoredCell.ContentsOf(output)
            where content.Type.StartsWith("image/", StringComparison.Ordinal)
            select content;
        Assert.True(pictures.Count() >= 4, $"{pictures.Count()} pictures. {Remedy}");
    }

    [Fact]
    public void All_notebooks_together_stay_small()
    {
        var bytes = Stored.Sum(file => new FileInfo(ProjectFiles.Full(file)).Length);
        Assert.True(bytes < MostBytes, $"{bytes} bytes of {MostBytes}: {Remedy}");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("x\\\"", "y\\\"", "the code is newer than the outputs")]
    [InlineData("\"metadata\":{\"wanlab\"", "\"metadata\":{\"other\"", "has no stored outputs")]
    [InlineData("0.1.0", "0.2.0", "the outputs are of no version up to 0.1.0")]
    [InlineData("\"execution_count\":2", "\"execution_count\":3", "b: was not executed as number 2")]
    [InlineData("\"execution_count\":2", "\"execution_count\":null", "b: was not executed as number 2")]
    [InlineData(Value, "", "b: shows something and has no output")]
    [InlineData(Value, """{"output_type":"error"}""", "b: failed")]
    [InlineData(Value, """{"output_type":"stream","name":"stderr","text":"a"}""", "b: wrote an error")]
    [InlineData("image/png", "text/html", "b: 'text/html' is not shown everywhere")]
    [InlineData("image/png", "image/jpeg", "b: its picture is not 'image/jpeg'")]
    [InlineData("1.5", "/home/ann/wanlab", "b: names a folder or a time of the machine that ran it: '/home/'")]
    [InlineData("1.5", "2026-01-31", "b: names a folder or a time of the machine that ran it: '2026-01-31'")]
    [InlineData("1.5", "at 09:15:00", "b: names a folder or a time of the machine that ran it: '09:15:00'")]
    [InlineData("1.5", "runs/home/a of wanlab/data/b in 1:05")]
    public void A_fault_is_found(string part, string instead, params string[] faults)
    {
        var changed = part == "" ? Sound : Sound.Replace(part, instead);
        Assert.True(part == "" || changed != Sound, part);
        Assert.Equal(faults, StoredOutputs.Faults(changed, new Version(0, 1, 0)));
    }

    private const string Value =
        """{"output_type":"execute_result","data":{"image/png":"iVBORw0KGgo=","text/plain":["1.5"]}}""";

    // Two cells, the second shows a value; the hash is that of "var a = 1;" and of "\"x\"".
    private static string Sound { get; } =
        """{"cells":[{"cell_type":"code","id":"a","execution_count":1,"outputs":[],"source":"var a = 1;"},""" +
        """{"cell_type":"code","id":"b","execution_count":2,"outputs":[""" + Value + """],"source":["\"x\""]}]""" +
        ""","metadata":{"wanlab":{"outputs_of":"587b984dc7e313159b15e10fd3a75c8d840e9dd569438bb44e1d2668e7c27089","version":"0.1.0"}}}""";
}
