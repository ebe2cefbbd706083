using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class ExplainVerbTests
{
    [Fact]
    public async Task A_key_is_explained_with_its_values_default_and_resume_rule()
    {
        var run = await CliRun.OfAsync(["explain", "training.timestep_bias"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""
            training.timestep_bias
              Emphasis within the active expert's range of timesteps.
                balanced: No emphasis.
                favor_high_noise: Towards the noisy end of the range.
                favor_low_noise: Towards the clean end of the range.
              values:    balanced, favor_high_noise, favor_low_noise
              default:   balanced
              on resume: may not change

            """, run.Out);
    }

    [Fact]
    public async Task A_required_key_and_a_reason_are_shown()
    {
        var path = await CliRun.OfAsync(["explain", "datasets.path"]);
        var rank = await CliRun.OfAsync(["explain", "target.rank"]);

        Assert.Contains("required:  it names the folder of clips", path.Out);
        Assert.Contains("on resume: may change", path.Out);
        Assert.Contains("on resume: may not change (the adapter that was trained so far has the old shape)", rank.Out);
        Assert.Contains("values:    whole number, at least 1", rank.Out);
    }

    [Fact]
    public async Task A_section_lists_its_keys_and_no_name_lists_the_sections()
    {
        var section = await CliRun.OfAsync(["explain", "training.ema"]);
        var all = await CliRun.OfAsync(["explain"]);

        var keys = section.Out.TrimEnd().Split('\n').SkipWhile(line => line != "  keys:").Skip(1).Select(line => line.Trim().Split(' ')[0]);
        Assert.Equal(["enabled", "decay"], keys);
        Assert.Contains("    multistage ", all.Out);
        Assert.Equal(13, all.Out.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task A_misspelt_key_is_answered_with_the_nearest()
    {
        var run = await CliRun.OfAsync(["explain", "training.timestep_bais"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("did you mean 'training.timestep_bias'?", run.Error.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task The_page_and_the_schema_are_those_of_the_documents()
    {
        string Document(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name));
        Assert.Equal(Document("job-file.md"), (await CliRun.OfAsync(["explain", "--markdown"])).Out);
        Assert.Equal(Document("job.schema.json"), (await CliRun.OfAsync(["explain", "--schema"])).Out);
    }
}
