using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

/// <summary>The whole path through the command line: the example job, shortened, on the embedded model.</summary>
public sealed class TrainVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-").FullName;
    private readonly string? _cache = Environment.GetEnvironmentVariable("WANLAB_CACHE");

    public TrainVerbTests() => Environment.SetEnvironmentVariable("WANLAB_CACHE", Path.Combine(_folder, "cache"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("WANLAB_CACHE", _cache);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_example_trains_stops_for_an_existing_run_and_goes_on_when_told_to()
    {
        string[] job =
        [
            "train", ExampleJob, "--set", $"job.output={_folder}", "--set", "training.steps=4", "--set", "save.every=2",
            "--set", "sample.every=4", "--set", "sample.steps=2", "--set", "multistage.switch_every=2", "--set", "training.warmup_steps=0",
            // the first five frames of each clip: encoding all windows of the example would take most of the time
            "--set", "datasets.0.num_frames=5", "--set", "datasets.0.frame_sampling=head", "--set", "sample.num_frames=5",
        ];

        var first = await CliRun.OfAsync(job);
        Assert.Equal("", first.Error);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("20 clips to train on", first.Out);
        Assert.Contains("step 4/4  loss high ", first.Out);
        Assert.Equal(["orbit_000000002", "orbit_000000004", "orbit_high_no", "orbit_low_noi"],
            Directory.GetFiles(Path.Combine(_folder, "orbit", "checkpoints"))
                .Select(f => Path.GetFileName(f))
                .Select(f => f.StartsWith("orbit_0", StringComparison.Ordinal) ? f[..15] : f[..13])
                .Distinct()
                .Order());
        Assert.Equal(["000000000/00.mp4", "000000000/01.mp4", "000000004/00.mp4", "000000004/01.mp4"],
            Directory.GetFiles(Path.Combine(_folder, "orbit", "samples"), "*.mp4", SearchOption.AllDirectories)
                .Select(f => f[^16..])
                .Order());

        var second = await CliRun.OfAsync(job);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("already exists. Continue it: --resume. Delete it and start over: --fresh.", second.Error);

        var resumed = await CliRun.OfAsync([.. job, "--set", "training.steps=5", "--resume"]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("step 5/5", resumed.Out);
        Assert.DoesNotContain("step 4/5", resumed.Out);
    }

    [Fact]
    public async Task All_problems_of_a_job_are_shown_before_anything_is_made()
    {
        var run = await CliRun.OfAsync(
            ["train", ExampleJob, "--set", $"job.output={_folder}", "--set", "training.stepz=4", "--set", "target.rank=0"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("training.steps", run.Error);
        Assert.Contains("target.rank", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Resume_needs_a_saved_state()
    {
        var run = await CliRun.OfAsync(["train", ExampleJob, "--set", $"job.output={_folder}", "--resume"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no run in", run.Error);
    }

    private static string ExampleJob => Path.Combine(Repository.Root, "datasets-example", "orbit", "job.yaml");
}
