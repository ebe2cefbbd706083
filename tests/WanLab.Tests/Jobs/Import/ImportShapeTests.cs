using WanLab.Jobs;
using WanLab.Jobs.Import;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Jobs.Import;

/// <summary>Foreign jobs with values of another shape, seeds of another range, and YAML's finer points.</summary>
public sealed class ImportShapeTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("optimizer: {type: adamw8bit, lr: 2e-4}", "train.optimizer: must be a single value, not a mapping")]
    [InlineData("lr: [1e-4]", "train.lr: must be a single value, not a list")]
    [InlineData("ema_config: true", "train.ema_config: must be a mapping, not 'true'")]
    [InlineData("lr_scheduler_params: [1]", "train.lr_scheduler_params: must be a mapping, not a list")]
    [InlineData("batch_size: none", "train.batch_size: must be a number, not 'none'")]
    public void A_value_of_another_shape_is_an_error_with_its_line(string line, string expected)
    {
        var message = Assert.Throws<WanLabException>(() => Import(train: line)).Message;
        Assert.Contains($"job.yaml:10: {expected}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample: 5", "sample: must be a mapping, not '5'")]
    [InlineData("sample: {samples: {prompt: a}}", "sample.samples: must be a list, not a mapping")]
    [InlineData("sample: {samples: [a]}", "sample.samples.0: must be a mapping, not 'a'")]
    [InlineData("sample: {prompts: [[a]]}", "sample.prompts.0: must be a text, not a list")]
    public void A_section_of_another_shape_is_an_error(string section, string expected) =>
        Assert.Contains(expected, Assert.Throws<WanLabException>(() => Import(section: section)).Message, StringComparison.Ordinal);

    [Fact]
    public void Merged_values_are_imported()
    {
        var job = Import(head: "base: &base {lr: 2e-4, optimizer: adamw8bit, timestep_type: linear}", train: "<<: *base").Job;
        Assert.Equal((2e-4, OptimizerType.AdamW8Bit), (job.Training.LearningRate.High, job.Training.Optimizer));
    }

    [Fact]
    public void Seeds_become_seeds_that_can_be_used_with_a_remark_where_they_change()
    {
        var large = Import(section: "sample: {samples: [{prompt: 'a --d 3141592653', ctrl_img: s.png}, " +
            "{prompt: b, ctrl_img: s.png, seed: 9007199254740993}]}");
        Assert.Equal([3141592653L, 9007199254740993L], large.Job.Sample.Prompts.Select(prompt => prompt.Settings!.Seed));

        var random = Import(section: "sample: {seed: -1, samples: [{prompt: 'a --seed -1', ctrl_img: s.png}, " +
            "{prompt: b, ctrl_img: s.png, seed: -1}]}");
        Assert.Equal(0, random.Job.Sample.Seed);
        Assert.All(random.Job.Sample.Prompts, prompt => Assert.Null(prompt.Settings));
        Assert.Equal(3, random.Notes.Count(note => note.Message.Contains("means a new seed each time", StringComparison.Ordinal)));

        Assert.Contains(Import(section: "training_seed: 18446744073709551616").Notes,
            note => note.Message.Contains("larger than any seed", StringComparison.Ordinal));
        Assert.Contains("must be a whole number, not 'random'",
            Assert.Throws<WanLabException>(() => Import(section: "training_seed: random")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("steps: -5", "training.steps: must be at least 1, not -5")]
    [InlineData("batch_size: 0", "training.batch_size: must be at least 1, not 0")]
    public void A_value_that_no_job_can_have_is_an_error(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<WanLabException>(() => Import(train: line)).Message, StringComparison.Ordinal);

    [Fact]
    public void None_as_Python_writes_it_is_no_trigger_word() => Assert.Null(Import(section: "trigger_word: None").Job.TriggerWord);

    [Theory]
    [InlineData("{\"config\": {\"name\": \"\\ud800\"}}", "half a surrogate pair")]
    [InlineData("{\"config\": {\"name\": \"a\\u0000\"}}", "a NUL character")]
    public void JSON_that_holds_no_text_is_an_error(string json, string expected)
    {
        File.WriteAllText(_folder.At("job.json"), json);
        Assert.Contains(expected, Assert.Throws<WanLabException>(() => AiToolkitImport.Read(_folder.At("job.json"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_cut_to_one_that_can_be_used() => Assert.Equal(200, Import(name: new string('a', 500)).Job.Name.Length);

    private ImportedJob Import(
        string train = "lr: 1e-4", string section = "device: cuda", string head = "job: extension", string name = "demo")
    {
        File.WriteAllText(_folder.At("job.yaml"), $$"""
            {{head}}
            config:
              name: {{name}}
              process:
                - type: sd_trainer
                  model: {arch: wan22_14b_i2v, name_or_path: model}
                  datasets: [{folder_path: clips, num_frames: 41}]
                  train:
                    steps_note: 1
                    {{train}}
                  {{section}}

            """);
        return AiToolkitImport.Read(_folder.At("job.yaml"), _folder.At("model"));
    }
}
