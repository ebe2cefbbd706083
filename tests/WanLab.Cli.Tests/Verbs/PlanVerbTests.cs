using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class PlanVerbTests
{
    private static readonly string Job = Path.Combine(Repository.Root, "datasets-example/orbit/job.yaml");

    [Fact]
    public async Task A_plan_tells_clips_memory_disk_time_and_timesteps()
    {
        var run = await CliRun.OfAsync(["plan", Job, "--set", "validation.every=100", "--set", "training.steps=200", "--set",
            "training.timestep_type=linear", "--memory", "4"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("20 items of 20 clips", run.Out);
        Assert.Equal(20, run.Out.Split("  128x128  64x64  ").Length - 1);
        Assert.Equal(2, run.Out.Split("  held out  orbit").Length - 1);
        Assert.Matches(@"\n  64x64x17 +20 +80 +\d+\.\d MiB\n", run.Out);
        Assert.Matches(@"\n  weights +\d+\.\d MiB\n", run.Out);
        Assert.Matches(@"\n  memory +\d+\.\d MiB for the largest step, of 4\.0 GiB\n", run.Out);
        Assert.Matches(@"\n  disk +at most \d+\.\d MiB of cache", run.Out);
        Assert.Matches(@"\n  held out +\S+\.mp4, \S+\.mp4\n", run.Out);
        Assert.Contains("Timesteps, high noise: 100 steps planned", run.Out);
        Assert.Matches(@"\n  990-1000      10% #{40}\n", run.Out);
    }

    [Fact]
    public async Task A_plan_warns_of_what_has_no_effect_and_tells_what_low_vram_costs()
    {
        var run = await CliRun.OfAsync(["plan", Job, "--set", "job.device=cpu", "--set", "model.layer_offloading=0.5", "--set",
            "model.low_vram=true", "--set", "quantization.transformer=uint4"]);

        Assert.Contains("warning: model.layer_offloading: has no effect on the CPU", run.Out);
        Assert.Matches(
            @"low_vram +\d\.\d MiB of weights come to the device 240 times, about \S+ s each and 1 s in total at 10 GB a second", run.Out);
        Assert.Contains("weights of one block unpacked", run.Out);
    }

    [Fact]
    public async Task A_job_that_does_not_fit_says_what_would_help()
    {
        var run = await CliRun.OfAsync(["plan", Job, "--memory", "0.001"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: the largest step needs", run.Out);
        Assert.Matches(@"\n  multistage\.low_noise: false, and a second run for the other expert +\d+\.\d MiB +too much\n", run.Out);
        Assert.Contains("These are not enough, not even all that can be made together: ", run.Out);
    }

    [Fact]
    public async Task Fewer_resolutions_are_the_first_advice_and_what_is_enough_is_marked()
    {
        var run = await CliRun.OfAsync(["plan", Job, "--set", "datasets.0.resolutions=[64, 128]", "--memory", "0.06"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"\n  each of these alone +would bring it to +which is\n( *-[- ]*\n)?" +
            @"  datasets\.resolutions: \[64\] +\d+\.\d MiB +enough\n", run.Out);
        Assert.Contains("One change that is enough will do; the first in the list costs least.", run.Out);
    }

    [Fact]
    public async Task A_device_that_is_not_here_is_a_warning_of_a_plan_which_may_be_for_elsewhere()
    {
        var run = await CliRun.OfAsync(["plan", Job, "--set", "job.device=cuda:777", "--memory", "24"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("warning: job.device: There is no device 'cuda:777'", run.Error, StringComparison.Ordinal);
    }
}
