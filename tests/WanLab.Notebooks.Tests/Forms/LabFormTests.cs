using System.Text.Json.Nodes;
using WanLab.Jobs;
using WanLab.Notebooks.Forms;
using WanLab.Training;
using WanLab.Widgets;

namespace WanLab.Notebooks.Tests.Forms;

/// <summary>The form of a job, used as a front end uses it: by changes and presses.</summary>
public sealed class LabFormTests : IClassFixture<Scene>
{
    private readonly Scene _scene;
    private readonly LabForm _form;

    public LabFormTests(Scene scene)
    {
        _scene = scene;
        _form = Lab.Form(scene.Job, deviceGib: 8);
    }

    [Fact]
    public void Every_key_of_a_job_is_a_field_that_shows_its_value()
    {
        var fields = _form.Fields.ToDictionary(field => field.Path);
        var sections = JobKeys.All.Where(key => !key.Name.Contains('.')).Select(key => key.Name);
        Assert.All(sections, section => Assert.Contains(fields.Keys, key => key.StartsWith(section + ".", StringComparison.Ordinal)));
        Assert.Equal(["steps", "40"], TextOf(fields["training.steps"]).Split('\n')[..2]);
        Assert.Contains("Number of optimiser steps over both experts. Whole number, at least 1. Default 2000.",
            TextOf(fields["training.steps"]));
        Assert.Equal("linear", Control<Dropdown>("training.timestep_type").ToString());
        Assert.False(Control<Checkbox>("training.dop.enabled").Value);
        Assert.Equal("[32]", Control<Text>("datasets.0.resolutions").Value);
        Assert.Equal("a house & a <tree>", Control<Text>("sample.prompts.0.prompt").Value);
        Assert.All(_form.Fields, field => Assert.Null(field.Change));
        Assert.Equal(JobWriter.Write(_scene.Job), JobWriter.Write(_form.Job));
    }

    [Fact]
    public async Task A_wrong_value_is_said_at_its_field_and_a_right_one_takes_it_back()
    {
        await ChangeAsync("training.steps", "0");
        Assert.Contains("must be at least 1, not 0", TextOf(Field("training.steps")));
        Assert.DoesNotContain("must be", TextOf(Field("training.batch_size")));
        Assert.Contains("1 value to correct: training.steps", Shown());
        Assert.Contains("training.steps: must be at least 1", Assert.Throws<WanLabException>(() => _form.Job).Message);

        await ChangeAsync("training.steps", "120");
        Assert.DoesNotContain("must be", TextOf(Field("training.steps")));
        Assert.Equal(120, _form.Job.Training.Steps);
        Assert.Equal(40, _scene.Job.Training.Steps); // the one that it began with
    }

    [Fact]
    public async Task Memory_follows_the_values()
    {
        var before = Shown();
        Assert.Contains("for the largest step, of 8.0 GiB", before);
        await ChangeAsync("target.rank", "64");
        Assert.NotEqual(before, Shown());
        Assert.Contains("for the largest step", Shown());
        await ChangeAsync("target.rank", "many");
        Assert.DoesNotContain("for the largest step", Shown()); // it would be that of another job
    }

    [Theory]
    [InlineData("datasets.0.default_caption", "[trigger] turns: slowly")]
    [InlineData("datasets.0.default_caption", "'quoted' {text}")]
    [InlineData("datasets.0.default_caption", "null")]
    [InlineData("datasets.0.default_caption", "~")]
    [InlineData("sample.negative_prompt", "NULL")]
    [InlineData("sample.negative_prompt", "\"blurred\"")]
    [InlineData("job.trigger_word", "none")]
    [InlineData("training.learning_rate", "{high: 0.0002, low: 0.0001}")]
    [InlineData("datasets.0.resolutions", "[32, 48]")]
    public async Task What_is_typed_is_the_value(string key, string text)
    {
        await ChangeAsync(key, text);
        var written = JobForm.Keys.Write(_form.Job).Find(key);
        Assert.Equal(text, FormField.TextOf(written));
    }

    [Fact]
    public async Task A_job_is_written_once_and_over_another_file_only_when_asked()
    {
        var file = _scene.At("written/new.yaml");
        await PressAsync("file", file, "Write");
        Assert.Equal(JobWriter.Write(_scene.Job), JobWriter.Write(JobReader.Load(file).Job));
        Assert.Contains("written: ", Answer());

        await ChangeAsync("training.steps", "77");
        await PressAsync("file", file, "Write");
        Assert.Contains("exists. Write over it, or choose another name.", Answer());
        Assert.Equal(40, JobReader.Load(file).Job.Training.Steps);
        var over = Flat(_form).OfType<Button>().Single(button => button.Description == "Write over it");
        Assert.True(over.IsVisible);
        await PressAsync("file", file, "Write over it");
        Assert.Equal(77, JobReader.Load(file).Job.Training.Steps);
        Assert.False(over.IsVisible);
    }

    [Fact]
    public async Task What_must_not_be_written_is_refused()
    {
        await PressAsync("file", _scene.Folder.JobFile, "Write");
        Assert.Contains("is the job of a run", Answer());
        await PressAsync("file", _scene.At("clips"), "Write");
        Assert.Contains("is a folder", Answer());
        await PressAsync("file", "", "Write");
        Assert.Contains("error: ", Answer());
        // Consent to one file is none to another.
        File.WriteAllText(_scene.At("a.yaml"), "mine");
        File.WriteAllText(_scene.At("b.yaml"), "mine too");
        await PressAsync("file", _scene.At("a.yaml"), "Write");
        await PressAsync("file", _scene.At("b.yaml"), "Write over it");
        Assert.Equal("mine too", File.ReadAllText(_scene.At("b.yaml")));
        await ChangeAsync("training.batch_size", "0");
        await PressAsync("file", _scene.At("c.yaml"), "Write");
        Assert.False(File.Exists(_scene.At("c.yaml")));
        Assert.Contains("training.batch_size: must be at least 1", Answer());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("None")]
    public async Task A_key_that_need_not_have_a_value_is_emptied_by_any_word_for_it(string text)
    {
        var form = Lab.Form(_scene.Job with { TriggerWord = "ohwx" }, deviceGib: 8);
        var field = form.Fields.Single(field => field.Path == "job.trigger_word");
        var control = Flat(field.Box).OfType<Text>().First();
        control.Receive(new JsonObject { ["value"] = text });
        await control.Settled;
        Assert.Null(form.Job.TriggerWord);
    }

    [Fact]
    public async Task The_job_of_a_run_to_come_is_written_into_its_folder()
    {
        var file = _scene.At("runs/coming/job.yaml");
        await PressAsync("file", file, "Write");
        Assert.Contains("written: ", Answer());
        Assert.Equal(JobWriter.Write(_scene.Job), JobWriter.Write(JobReader.Load(file).Job));
        await PressAsync("file", file, "Write"); // it is a user's file, not a run's
        Assert.Contains("exists. Write over it", Answer());
    }

    [Theory]
    [InlineData("events.jsonl")]
    [InlineData(".lock")]
    [InlineData(".running")]
    [InlineData("metrics.jsonl")]
    public async Task The_job_of_a_run_that_prepares_is_not_written_over(string trace)
    {
        var folder = Directory.CreateDirectory(_scene.At($"runs/preparing-{trace.Trim('.')}")).FullName;
        var file = Path.Combine(folder, "job.yaml");
        File.WriteAllText(Path.Combine(folder, trace), "");
        File.WriteAllText(file, "the run's");
        await PressAsync("file", file, "Write");
        Assert.Contains("is the job of a run", Answer());
        Assert.Equal("the run's", File.ReadAllText(file));
    }

    [Fact]
    public void Where_nobody_draws_widgets_the_job_is_shown() => Assert.Contains("Job shown", _form.Fallback().Text);

    private static IEnumerable<Control> Flat(Box box) =>
        box.Children.SelectMany(child => child is Box inner ? Flat(inner).Prepend(inner) : [child]);

    private string Shown() => string.Join('\n', _form.Children);

    private static string TextOf(FormField field) => field.Box.ToString();

    private FormField Field(string key) => _form.Fields.Single(field => field.Path == key);

    private T Control<T>(string key)
        where T : Control => Flat(Field(key).Box).OfType<T>().First();

    private string Answer() => Flat(_form).OfType<Markup>().Last().ToString();

    private async Task ChangeAsync(string key, string text)
    {
        var field = Control<Text>(key);
        field.Receive(new JsonObject { ["value"] = text });
        await field.Settled;
    }

    private async Task PressAsync(string field, string text, string press)
    {
        Flat(_form).OfType<Text>().Single(control => control.Description == field).Receive(new JsonObject { ["value"] = text });
        var button = Flat(_form).OfType<Button>().Single(button => button.Description == press);
        button.ReceiveCustom(new JsonObject { ["event"] = "click" });
        await button.Settled;
    }
}
