using WanLab.Jobs;
using WanLab.Training;
using WanLab.Training.Optimizers;
using WanLab.Yaml;

namespace WanLab.Tests.Jobs;

/// <summary>Job files as people and tools leave them: cut, deep, huge, in other encodings.</summary>
public sealed class JobTextTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Merge_keys_bring_values_in_and_the_mappings_own_win()
    {
        var job = _folder.Job("""
            job: {name: walk}
            datasets: [{path: clips}]
            training:
              <<: [{optimizer: prodigy, learning_rate: 1}, {optimizer: adamw, batch_size: 3}]
              learning_rate: 2e-4

            """);
        Assert.Equal((2e-4, 3), (job.Training.LearningRate.High, job.Training.BatchSize));
        Assert.Equal(OptimizerType.Prodigy, job.Training.Optimizer);
    }

    [Theory]
    [InlineData("job: {name: a}\nx:\n  <<: 5\n", "job.yaml:3: error: the file is not valid YAML: the merge key << needs a mapping")]
    [InlineData("job:\n  name: t\nmodel:\n\tarchitecture: wan-tiny\n",
        "job.yaml:4: error: the file is not valid YAML: the line is indented with a tab")]
    [InlineData("job:\n  name: \"a\\0b\"\n", "job.yaml:2: error: the file is not valid YAML: the text holds a NUL character")]
    [InlineData("job:\n  name: a\0b\ndatasets: [{path: clips}]\n",
        "job.yaml:2: error: the file is not valid YAML: the text holds a NUL character")]
    public void What_is_no_text_or_no_YAML_is_named_with_its_line(string yaml, string expected) =>
        Assert.StartsWith(expected, _folder.Problems(yaml), StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_is_named_with_its_line() =>
        Assert.StartsWith("job.yaml:3: error: the file is not valid YAML: the text holds half a surrogate pair",
            _folder.Problems("job:\n\n  name: a\ud800b\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    public void Nesting_without_end_is_an_error(string open, string close)
    {
        string Many(string part) => string.Concat(Enumerable.Repeat(part, 100_000));
        var yaml = $"job: {{name: a}}\nx:\n {Many(open)}1{Many(close)}";
        Assert.Contains("nested more than 64 deep", _folder.Problems(yaml), StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_keys_that_multiply_are_an_error()
    {
        var yaml = "a: &a {" + string.Join(", ", Enumerable.Range(0, 1000).Select(k => $"k{k}: 1")) + "}\nb:\n  <<: ["
            + string.Join(", ", Enumerable.Repeat("*a", 1000)) + "]\n";
        Assert.Contains("merge keys bring in more than 100000 entries", _folder.Problems(yaml), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_named_with_its_line()
    {
        File.WriteAllBytes(_folder.At("latin1.yaml"), [.. "job:\n  name: a\n  trigger_word: gr"u8, 0xfc, .. "n\n"u8]);
        var problem = Assert.Single(JobReader.Read(_folder.At("latin1.yaml")).Problems);
        Assert.Equal((3, Severity.Error), (problem.Line, problem.Severity));
        Assert.Contains("not UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF16_with_its_mark_is_read()
    {
        File.WriteAllText(_folder.At("job.yaml"), JobFolder.Minimal, System.Text.Encoding.Unicode);
        Assert.Equal("walk", JobReader.Read(_folder.At("job.yaml")).Job!.Name);
    }

    [Fact]
    public void At_most_fifty_problems_are_listed_and_the_rest_are_counted()
    {
        var yaml = JobFolder.Minimal + string.Concat(Enumerable.Range(0, 150_000).Select(k => $"unknown_key_{k}: 1\n"));
        var problems = _folder.Parse(yaml).Problems;
        Assert.Equal(51, problems.Count);
        Assert.Equal("and 149950 more; correct the ones above first", problems[^1].Message);
    }

    [Fact]
    public void A_key_or_value_of_any_length_is_shortened_in_messages()
    {
        var key = _folder.Problems($"{JobFolder.Minimal}{new string('k', 1000)}: 1\n");
        var value = _folder.Problems($"{JobFolder.Minimal}target: {{rank: {new string('9', 1_000_000)}}}\n");
        Assert.InRange(key.Length, 1, 1000);
        Assert.InRange(value.Length, 1, 1000);
    }

    [Fact]
    public void None_as_Python_writes_it_is_no_value()
    {
        Assert.Null(_folder.Job("job: {name: a, trigger_word: None}\ndatasets: [{path: clips}]\n").TriggerWord);
        Assert.Equal("None", _folder.Job("job: {name: a, trigger_word: \"None\"}\ndatasets: [{path: clips}]\n").TriggerWord);
    }

    [Fact]
    public void A_name_that_is_too_long_for_its_files_is_an_error()
    {
        Assert.Contains("has 201 letters; at most 200", _folder.Problems(JobFolder.Minimal, $"job.name={new string('a', 201)}"),
            StringComparison.Ordinal);
        Assert.NotNull(_folder.Job(JobFolder.Minimal, $"job.name={new string('a', 200)}"));
    }

    [Theory]
    [InlineData("training.steps=2147483647", "must be at most 100000000, not 2147483647")]
    [InlineData("datasets.0.num_frames=1000000001", "must be at most 10001, not 1000000001")]
    [InlineData("datasets.0.repeats=2147483647", "must be at most 1000000")]
    [InlineData("datasets.0.resolutions=[2000000000]", "must be at most 16384")]
    [InlineData("sample.steps=2000000000", "must be at most 10000")]
    [InlineData("target.rank=2000000000", "must be at most 16384")]
    [InlineData("training.batch_size=2000000000", "must be at most 1024")]
    public void A_count_that_no_run_can_have_is_an_error(string setting, string expected) =>
        Assert.Contains(expected, _folder.Problems(JobFolder.Minimal, setting), StringComparison.Ordinal);

    [Fact]
    public void A_list_of_very_many_entries_is_an_error()
    {
        var yaml = "job: {name: a}\ndatasets: [" + string.Join(", ", Enumerable.Repeat("{path: clips}", 1001)) + "]\n";
        Assert.Contains("has 1001 entries; at most 1000 are read", _folder.Problems(yaml), StringComparison.Ordinal);
    }

    [Fact]
    public void An_override_of_very_many_parts_is_an_error() =>
        Assert.Contains("has more than 64 parts",
            _folder.Problems(JobFolder.Minimal, string.Join('.', Enumerable.Repeat("a", 50_000)) + "=1"), StringComparison.Ordinal);

    [Fact]
    public void A_job_made_in_code_with_a_NUL_in_a_path_is_an_error()
    {
        var job = _folder.Job(JobFolder.Minimal) with { Output = "a\0b" };
        var error = Assert.Throws<WanLabException>(() => JobReader.Check(job));
        Assert.Contains("holds a NUL character", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trigger_placeholder_without_a_word_is_reported_for_each_place()
    {
        var problems = _folder.Problems(JobFolder.Minimal +
            "    default_caption: '[trigger] walks'\nsample: {prompts: [{prompt: '[trigger]', image: start.png}]}\n");
        Assert.Contains("datasets.0.default_caption: holds [trigger], but there is no job.trigger_word", problems,
            StringComparison.Ordinal);
        Assert.Contains("sample.prompts: holds [trigger], but there is no job.trigger_word", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_ends_before_an_experts_first_turn_is_warned_about()
    {
        Assert.Equal("job.yaml:4: warning: training.steps: ends before the low_noise expert's first turn, so nothing is trained or saved " +
            "for it; write at least 11 steps, a smaller multistage.switch_every, or multistage.low_noise: false",
            _folder.Problems("job: {name: a}\ndatasets: [{path: clips}]\ntraining:\n  steps: 10\n"));
        Assert.Equal("", _folder.Problems("job: {name: a}\ndatasets: [{path: clips}]\ntraining:\n  steps: 11\n"));
    }

    [Fact]
    public void A_damaged_job_of_a_run_is_an_error_and_no_job()
    {
        File.WriteAllText(_folder.At("damaged.yaml"), "job: {name: [");
        Assert.Contains("Restore the file", Assert.Throws<WanLabException>(
            () => ResumeRules.Check(File.ReadAllText(_folder.At("damaged.yaml")), "damaged.yaml", _folder.Job(JobFolder.Minimal))).Message,
            StringComparison.Ordinal);
        Assert.Null(JobReader.Recorded(_folder.At("damaged.yaml")));
        File.WriteAllText(_folder.At("list.yaml"), "[1, 2]");
        Assert.Null(JobReader.Recorded(_folder.At("list.yaml")));
        File.WriteAllText(_folder.At("other.yaml"), "some: {thing: else}");
        Assert.Null(JobReader.Recorded(_folder.At("other.yaml")));
        File.WriteAllText(_folder.At("good.yaml"), JobFolder.Minimal);
        Assert.Equal("walk", JobReader.Recorded(_folder.At("good.yaml"))!.Name);
    }
}
