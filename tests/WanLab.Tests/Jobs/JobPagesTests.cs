using WanLab.Jobs;
using WanLab.Testing;
using WanLab.Yaml;

namespace WanLab.Tests.Jobs;

public sealed class JobPagesTests
{
    [Fact]
    public void The_page_of_all_keys_is_current() =>
        IsCurrent("docs/job-file.md", JobKeys.Markdown(), "./wanlab explain --markdown > docs/job-file.md");

    [Fact]
    public void The_schema_is_current() =>
        IsCurrent("docs/job.schema.json", JobKeys.Schema(), "./wanlab explain --schema > docs/job.schema.json");

    [Fact]
    public void Every_key_and_every_word_has_a_meaning()
    {
        Assert.All(JobKeys.All, key => Assert.True(key.Meaning.Length >= 10, $"{key.Name}: {key.Meaning}"));
        var words = JobKeys.All.SelectMany(key => key.Words.Select(word => (key.Name, word.Word, word.Meaning)));
        Assert.All(words, word => Assert.True(word.Meaning.Length >= 8, word.ToString()));
        Assert.DoesNotContain(JobKeys.All, key => key.Meaning.Contains("null", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("training.timestep_bias", "training.timestep_bias")]
    [InlineData("datasets.num_frames", "datasets.N.num_frames")]
    [InlineData("datasets.3.num_frames", "datasets.N.num_frames")]
    [InlineData("sample", "sample")]
    public void A_key_is_found_by_its_name_with_or_without_the_number_of_an_entry(string name, string key) =>
        Assert.Equal(key, JobKeys.Find(name).Name);

    [Theory]
    [InlineData("training.stps", "training.steps")]
    [InlineData("boundary", "multistage.boundary")]
    [InlineData("Rank", "target.rank")]
    public void An_unknown_key_is_answered_with_the_nearest(string name, string key) =>
        Assert.Contains($"did you mean '{key}'?", Assert.Throws<WanLabException>(() => JobKeys.Find(name)).Message);

    [Fact]
    public void A_key_is_described_whole()
    {
        var steps = JobKeys.Find("training.steps");
        var bias = JobKeys.Find("training.timestep_bias");
        var optimizer = JobKeys.Find("training.optimizer");

        Assert.Equal(("2000", "whole number, at least 1", "may change"), (steps.Default, steps.Allowed, JobKeys.OnResume(steps)));
        Assert.Equal(("balanced", "may not change"), (bias.Default, JobKeys.OnResume(bias)));
        Assert.Contains(new WordMeaning("favor_high_noise", "Towards the noisy end of the range."), bias.Words);
        Assert.Equal(["adamw", "adamw8bit", "prodigy"], optimizer.Words.Select(word => word.Word));
        Assert.Equal("the saved state is the other optimiser's", optimizer.Reason);
    }

    private static void IsCurrent(string file, string text, string command) =>
        Assert.True(
            File.ReadAllText(Path.Combine(Repository.Root, file)) == text,
            $"{file} is older than the options in the code. Update it: {command}");
}
