using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.CSharp;

public class CodeAssistantTests
{
    private readonly CodeAssistant _assistant = new();

    [Fact]
    public async Task Names_of_cells_and_of_WanLab_are_completed()
    {
        _assistant.Add("int counted = 1;", []);
        _assistant.Add("var list = new List<string>();", []);
        Assert.Contains("counted", await CompleteAsync("coun"));
        Assert.Contains("Add", await CompleteAsync("list.A"));
        Assert.Contains("TrainingJob", await CompleteAsync("Traini"));
        Assert.Contains("display", await CompleteAsync("disp"));
    }

    [Fact]
    public async Task What_is_completed_is_what_was_typed()
    {
        var found = await _assistant.CompleteAsync("var a = Console.wri + 1;", 19, CancellationToken.None);
        Assert.Equal((16, 19), (found.Start, found.End));
        Assert.Equal(["Write", "WriteLine"], found.Items.Select(item => item.Text));
        Assert.All(found.Items, item => Assert.Equal("method", item.Kind));
    }

    [Fact]
    public async Task What_every_object_has_is_listed_only_to_those_who_begin_to_type_it()
    {
        _assistant.Add("var list = new List<string>();", []);
        var all = (await CompleteAsync("list.")).ToList();
        Assert.Contains("Add", all);
        Assert.DoesNotContain("Equals", all);
        Assert.DoesNotContain("GetHashCode", all);
        Assert.DoesNotContain("ReferenceEquals", await CompleteAsync("Math."));
        Assert.Contains("Equals", await CompleteAsync("list.Eq"));
    }

    [Fact]
    public async Task In_the_middle_of_text_nothing_is_completed() =>
        Assert.Empty(await CompleteAsync("\"some text"));

    [Theory]
    [InlineData("Lab.Job(\"job.yaml\", \"training.st", "training.steps=")]
    [InlineData("Lab.Job(\"job.yaml\", \"training.steps=9\", \"training.dop.en", "training.dop.enabled=")]
    [InlineData("var reading = Lab.Check(file, \"datasets.1.num", "datasets.1.num_frames=")]
    [InlineData("await Lab.ResumeAsync(\"runs/orbit\", \"target.r", "target.rank=")]
    [InlineData("Lab.Job(\"job.yaml\", \"training.timestep_bias=fav",
        "training.timestep_bias=favor_high_noise|training.timestep_bias=favor_low_noise")]
    [InlineData("Lab.Job(\"job.yaml\", \"ad", "advanced.")]
    [InlineData("Lab.Job(\"job.yaml\", \"training.nothing", "")]
    [InlineData("Lab.Job(\"training.st", "")] // a path
    [InlineData("Console.WriteLine(\"training.st", "")]
    public async Task Settings_of_a_job_are_completed_in_their_text(string code, string expected)
    {
        var found = await _assistant.CompleteAsync(code, code.Length, CancellationToken.None);
        Assert.Equal(expected, string.Join('|', found.Items.Select(item => item.Text)));
        if (expected != "") Assert.Equal((code.LastIndexOf('"') + 1, code.Length), (found.Start, found.End));
    }

    [Fact]
    public async Task Settings_are_completed_in_a_whole_call_too_and_not_behind_it()
    {
        const string code = "var job = Lab.Job(\"job.yaml\", \"training.\");\nvar n = 1;";
        var cursor = code.IndexOf("training.", StringComparison.Ordinal) + 9;
        var all = (await _assistant.CompleteAsync(code, cursor, CancellationToken.None)).Items;
        Assert.Contains(("training.steps=", "text"), all);
        Assert.All(all, item => Assert.StartsWith("training.", item.Text, StringComparison.Ordinal));
        var behind = (await _assistant.CompleteAsync(code, code.IndexOf(')'), CancellationToken.None)).Items;
        Assert.DoesNotContain(behind, item => item.Text.StartsWith("training.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_tells_signature_and_documentation()
    {
        var help = await _assistant.InspectAsync("Math.Max(1, 2)", 7, CancellationToken.None);
        Assert.StartsWith("int Math.Max(int val1, int val2) (+ ", help, StringComparison.Ordinal);
        Assert.Contains("Returns the larger of two 32-bit signed integers.", help, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', help!);
    }

    [Theory]
    [InlineData("1", "complete")]
    [InlineData("", "complete")]
    [InlineData("{", "incomplete")]
    [InlineData("Console.WriteLine(", "incomplete")]
    [InlineData("\"\"\"\ntext", "incomplete")]
    [InlineData("}", "invalid")]
    [InlineData("var a == 1;", "invalid")]
    public void Completeness_is_that_of_a_cell(string code, string expected) => Assert.Equal(expected, CodeAssistant.Completeness(code));

    private async Task<IEnumerable<string>> CompleteAsync(string code) =>
        (await _assistant.CompleteAsync(code, code.Length, CancellationToken.None)).Items.Select(item => item.Text);
}
